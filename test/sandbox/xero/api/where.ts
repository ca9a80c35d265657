/** A field of a record as filters and orders see it: text, or a number in ten-thousandths, or a date as text. */
export type Fields = Record<string, string | bigint | boolean | undefined>;

const CONDITION =
  /^\s*([A-Za-z.]+)\s*(==|!=|>=|<=|>|<)\s*(?:guid\("([^"]*)"\)|DateTime\((\d{4}),\s*(\d{1,2}),\s*(\d{1,2})\)|"([^"]*)"|(-?\d+(?:\.\d+)?)|(true|false))\s*$/i;

type Condition = { field: string; sign: string; value: string | bigint | boolean };

/**
 * The part of `where` that clients use: conditions joined by AND or &&. GUIDs are `guid("...")`, dates
 * `DateTime(2026,1,31)`, texts in double quotes, which cannot be escaped. Anything else is a QueryParseException.
 */
export function parseWhere(text: string): ((fields: Fields) => boolean) | undefined {
  const conditions = text.split(/(?:\s+AND\s+|&&)(?=(?:[^"]*"[^"]*")*[^"]*$)/i).map(condition);
  const sound = conditions.filter((one) => one !== undefined);
  if (sound.length !== conditions.length) return undefined;
  return (fields) => sound.every((one) => holds(one, fields));
}

/** `UpdatedDateUTC DESC, InvoiceNumber`; undefined when a field is unknown. */
export function parseOrder(
  text: string,
  known: readonly string[],
): ((a: Fields, b: Fields) => number) | undefined {
  const parts = text.split(',').map((part) => part.trim().split(/\s+/));
  const fields = parts.map(([name = '']) =>
    known.find((one) => one.toLowerCase() === name.toLowerCase()),
  );
  if (fields.some((field) => field === undefined)) return undefined;
  return (a, b) => {
    for (const [index, field] of fields.entries()) {
      const sign = parts[index]?.[1]?.toUpperCase() === 'DESC' ? -1 : 1;
      const left = a[field ?? ''] ?? '';
      const right = b[field ?? ''] ?? '';
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
}

function condition(text: string): Condition | undefined {
  const match = CONDITION.exec(text);
  if (!match) return undefined;
  const [, field = '', sign = '', guid, year, month = '', day = '', words, number, truth] = match;
  if (guid !== undefined) return { field, sign, value: guid.toLowerCase() };
  if (year !== undefined)
    return { field, sign, value: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` };
  if (number !== undefined) {
    const [whole = '', fraction = ''] = number.split('.');
    return { field, sign, value: BigInt(whole + fraction.padEnd(4, '0').slice(0, 4)) };
  }
  return {
    field,
    sign,
    value: truth === undefined ? (words ?? '') : truth.toLowerCase() === 'true',
  };
}

function holds({ field, sign, value }: Condition, fields: Fields): boolean {
  const key = Object.keys(fields).find((name) => name.toLowerCase() === field.toLowerCase());
  const held = key === undefined ? undefined : fields[key];
  if (held === undefined) return sign === '!=';
  if (sign === '==') return held === value;
  if (sign === '!=') return held !== value;
  if (sign === '>=') return held >= value;
  if (sign === '<=') return held <= value;
  return sign === '>' ? held > value : held < value;
}
