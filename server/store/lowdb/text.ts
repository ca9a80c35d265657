const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const encode = (text: string): Uint8Array => encoder.encode(text);
/** Throws TypeError where the bytes are no UTF-8. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
