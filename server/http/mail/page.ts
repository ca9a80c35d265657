/** A mail as sections of lines, from which both its forms are made. */
export interface MailPage {
  title: string;
  lines: readonly string[];
  rows: readonly MailRow[];
  foot: readonly string[];
}
export interface MailRow {
  name: string;
  value: string;
  /** What to do about it. */
  next: string | null;
  link: string | null;
}

export function textOf({ title, lines, rows, foot }: MailPage, open: string): string {
  const told = rows.map(({ name, value, next, link }) =>
    [
      oneLine(value === '' ? name : `${name}: ${value}`),
      ...(next === null ? [] : [oneLine(next)]),
      ...(link === null ? [] : [`${open}: ${link}`]),
    ].join('\n  '),
  );
  return [
    oneLine(title),
    '',
    ...lines.map(oneLine),
    '',
    ...told.map((row) => `- ${row}`),
    '',
    ...foot.map(oneLine),
    '',
  ].join('\n');
}

/** A name from outside that holds line ends must not write lines of its own. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Plain HTML that every mail program shows: no picture, no script, nothing fetched. */
export function htmlOf({ title, lines, rows, foot }: MailPage, open: string): string {
  const told = rows.map(
    ({ name, value, next, link }) =>
      `<tr><td style="${cell}"><strong>${safe(name)}</strong>${next === null ? '' : `<br>${safe(next)}`}${
        link === null ? '' : `<br><a href="${safe(link)}">${safe(open)}</a>`
      }</td><td style="${cell};text-align:right;white-space:nowrap">${safe(value)}</td></tr>`,
  );
  const paragraphs = (some: readonly string[], style: string): string =>
    some.map((line) => `<p style="${style}">${safe(line)}</p>`).join('');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<title>${safe(title)}</title></head>`,
    `<body style="${body}"><h1 style="font-size:18px">${safe(title)}</h1>`,
    paragraphs(lines, 'margin:0 0 8px'),
    `<table role="presentation" style="border-collapse:collapse;width:100%">${told.join('')}</table>`,
    paragraphs(foot, 'margin:16px 0 0;color:#555;font-size:13px'),
    '</body></html>',
  ].join('');
}

const body =
  'font-family:system-ui,sans-serif;font-size:15px;max-width:40em;margin:24px;color:#111';
const cell = 'padding:8px 0;border-bottom:1px solid #ddd;vertical-align:top';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
