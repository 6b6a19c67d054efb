const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 of a text's UTF-8, in lower-case hexadecimal. @throws TypeError outside a secure context, where browsers have no digest */
export async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

/** 128 random bits: names a chain and says nothing of the person. */
export function randomId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}
