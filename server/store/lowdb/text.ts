const encoder = new TextEncoder();
/** The texts as the elements of a JSON list, one a line. */
export const listed = (texts: readonly string[]): string[] =>
  texts.flatMap((text, at) => (at === 0 ? [text] : [',\n', text]));

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const encode = (text: string): Uint8Array => encoder.encode(text);
/** Throws TypeError where the bytes are no UTF-8. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
