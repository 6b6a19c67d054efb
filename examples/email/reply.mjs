// A reply by mail, as a mail program would send it: what is due stands above and below the assistant's text, in plain text and in HTML, and a header
// beside it. Run it in a folder with candor.json: node examples/email/reply.mjs [de]
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const cli = fileURLToPath(new URL('../../wasm/cli.mjs', import.meta.url));
const [language = 'de'] = process.argv.slice(2);

/** `npx candor` with these words. */
const candor = (input, ...words) => execFileSync(process.execPath, [cli, ...words, '--deployment', 'candor.json'], { cwd: folder, input, encoding: 'utf8' });
const words = (slot, ...more) => candor('', 'snippet', '--channel', 'mail', '--slot', slot, '--lang', language, ...more);

const text = 'Returns are accepted within 30 days.\n';
const html = '<p>Returns are accepted within 30 days.</p>\n';
// A situation is made once for a channel and place; here it is the file beside this one.
const header = candor('', 'mark', '--situation', 'situation.json', '--header', '--model', 'm-1');

process.stdout.write(`From: Acme GmbH <service@acme.example>
${header}MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="candor"

--candor
Content-Type: text/plain; charset=utf-8

${words('email-top', '--text')}
${text}
${words('email-signature', '--text')}
--candor
Content-Type: text/html; charset=utf-8

${words('email-top')}${html}${words('email-signature')}
--candor--
`);
