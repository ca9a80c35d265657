/** RFC 4180 text. A value a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvOf(rows: readonly (readonly (string | null)[])[]): string {
  return rows
    .map((row) => row.map((value) => quoted(value ?? '')).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** Rows of RFC 4180 text; quotes inside quotes are doubled, rows end with CRLF or LF. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let inside = false;
  const endRow = (): void => {
    row.push(value);
    if (row.some((one) => one !== '')) rows.push(row.map(unguarded));
    row = [];
    value = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inside && character === '"' && text.charAt(at + 1) === '"') {
      value += '"';
      at += 1;
    } else if (character === '"') inside = !inside;
    else if (!inside && character === ',') {
      row.push(value);
      value = '';
    } else if (!inside && character === '\n') endRow();
    else if (inside || character !== '\r') value += character;
  }
  if (value !== '' || row.length > 0) endRow();
  return rows;
}

/**
 * What a spreadsheet may run (OWASP, CSV Injection), the wide forms of East Asian keyboards among it. Apostrophes
 * before it are text that somebody typed: one more keeps them apart from the guard.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
/** A plain number runs nothing whatever its sign, and a guarded one could not be added up. */
const amount = /^-?\d+(\.\d+)?$/;
const quoted = (value: string): string => {
  const safe = formula.test(value) && !amount.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const unguarded = (value: string): string =>
  value.startsWith("'") && formula.test(value) ? value.slice(1) : value;
