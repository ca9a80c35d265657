/** What stands in square brackets at the end of a line's text. It is compared, never recomputed. */
const lineMark = /\[([A-Z0-9]{10,40})\]\s*$/;

export const markOf = (text: string): string | null => lineMark.exec(text)?.[1] ?? null;
export const withoutMark = (text: string): string => text.replace(lineMark, '').trimEnd();
