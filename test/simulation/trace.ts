import { createHash } from 'node:crypto';

/** What happened, readable, and its hash: the same seed must give the same one. */
export interface Trace {
  note(text: string): void;
  lines(): readonly string[];
  hash(): string;
}

export function createTrace(nowMs: () => number): Trace {
  const startMs = nowMs();
  const lines: string[] = [];
  const hash = createHash('sha256');
  return {
    note: (text) => {
      const line = `${moment(nowMs() - startMs)} ${text}`;
      lines.push(line);
      hash.update(`${line}\n`);
    },
    lines: () => lines,
    hash: () => hash.copy().digest('hex').slice(0, 16),
  };
}

/** Days, hours, minutes, seconds and thousandths since the start. */
function moment(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(ms / 86_400_000);
  const time = `${two((ms / 3_600_000) % 24)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  return `${days}d ${time}.${String(ms % 1000).padStart(3, '0')}`;
}
