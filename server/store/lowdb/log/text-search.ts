import type { LogEntry } from '../../../domain/log-entry.ts';

/** Whether the words stand anywhere in what the entry says; case does not matter. */
export function createTextTest(text: string) {
  const wanted = text.toLowerCase();
  // As JSON writes it, so that most entries are passed over without being parsed.
  const wantedInJson = JSON.stringify(wanted).slice(1, -1);
  return {
    mayFit: (line: string): boolean => line.toLowerCase().includes(wantedInJson),
    fits: (entry: LogEntry): boolean => says(entry, wanted),
  };
}

function says(value: unknown, wanted: string): boolean {
  switch (typeof value) {
    case 'string':
      return value.toLowerCase().includes(wanted);
    case 'number':
    case 'bigint':
      return String(value).includes(wanted);
    case 'object':
      return value !== null && Object.values(value).some((member) => says(member, wanted));
    default:
      return false;
  }
}
