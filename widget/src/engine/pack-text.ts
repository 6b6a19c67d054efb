/** What every pack that is written as text begins with: `CNDR`, and the first half of its format number. */
export const packInText = 'CNDR$';

/** The bytes of a pack that core/tools/pack_text.cpp wrote as ASCII text. */
export function bytesOfPackText(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // `%` is a zero; `#` and `$` lead a character that stands for another byte.
    bytes.push(code === 37 ? 0 : code === 35 ? text.charCodeAt(++at) + 92 : code === 36 ? text.charCodeAt(++at) + 184 : code);
  }
  return Uint8Array.from(bytes);
}
