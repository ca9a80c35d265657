import * as v from 'valibot';
import type { LogEntry } from '../../../server/domain/log-entry.ts';
import { runsKeptMax } from '../../../server/sync/run.ts';
import type { Shown } from '../bill.ts';
import type { Addition } from '../xero-books.ts';
import type { Law } from './law.ts';

/** What a person confirmed is what was written: the document, its lines, its total, and no more. */
export const confirmedLaws: readonly Law[] = [
  {
    name: 'confirmed-is-written',
    broken: (evidence) => {
      const plans = loggedPlans(evidence.log);
      const known = evidence.xero.additions().slice(evidence.business.forgotten);
      return known.flatMap((addition): string[] => {
        const told = addition.document.number;
        const [first] = addition.lines;
        const plan = plans.get(first?.marker ?? '');
        if (plan === undefined) return [`${told}: no log entry has the plan of ${first?.marker}`];
        if (!isOf(plan, addition)) return [`${told}: not the lines of one plan`];
        if (plan.actor !== 'user' || plan.isReversal) return [];
        const shown = evidence.business.confirmed.get(plan.fingerprint);
        return shown === undefined
          ? [`${told}: nobody confirmed ${plan.fingerprint}`]
          : differences(shown, addition).map((text) => `${told}: ${text}`);
      });
    },
  },
  {
    name: 'run-tells-the-truth',
    broken: ({ reader, business: { confirmed }, xero }) => {
      const runs = reader.list('run').filter(({ kind }) => kind === 'manual');
      const links = Map.groupBy(reader.list('link'), ({ runId }) => runId);
      const brought = new Set(xero.written().map(({ marker }) => marker));
      const kept = new Set<string>(runs.map(({ id }) => id));
      return runs.flatMap(({ id, parts }): string[] => {
        const unseen = parts.filter(({ seen }) => !confirmed.has(seen));
        const written = parts.filter(({ state }) => state === 'written');
        const wanted = written.reduce(
          (sum, { seen }) => sum + (confirmed.get(seen)?.lines.length ?? 0),
          0,
        );
        const there = (links.get(id) ?? []).filter(({ marker }) => brought.has(marker)).length;
        return [
          ...unseen.map(({ ref }) => `run ${id} has ${ref}, which nobody confirmed`),
          ...(there === wanted || kept.size >= runsKeptMax
            ? []
            : [`run ${id} says ${wanted} lines were written, ${there} were`]),
        ];
      });
    },
  },
];

interface LoggedPlan {
  actor: string;
  fingerprint: string;
  isReversal: boolean;
  markers: ReadonlySet<string>;
}

const detailsSchema = v.object({
  plan: v.object({
    fingerprint: v.string(),
    lines: v.array(
      v.object({ marker: v.string(), portion: v.object({ sign: v.picklist([1, -1]) }) }),
    ),
  }),
});
const writes: readonly LogEntry['action'][] = ['written', 'changed', 'undone', 'recovered'];

/** The plans that the Action log calls written, by the mark of each of their lines. */
function loggedPlans(log: readonly LogEntry[]): Map<string, LoggedPlan> {
  const plans = new Map<string, LoggedPlan>();
  for (const { action, actor, details } of log) {
    const found = v.safeParse(detailsSchema, details);
    if (!found.success || !writes.includes(action)) continue;
    const { fingerprint, lines } = found.output.plan;
    const plan = {
      actor: actor.kind,
      fingerprint,
      isReversal: lines.some(({ portion }) => portion.sign === -1),
      markers: new Set(lines.map(({ marker }) => marker)),
    };
    for (const { marker } of lines) plans.set(marker, plan);
  }
  return plans;
}

const isOf = ({ markers }: LoggedPlan, { lines }: Addition): boolean =>
  lines.length === markers.size && lines.every(({ marker }) => markers.has(marker));

/** Where a document that was written is not the one that was shown. */
function differences(shown: Shown, { document, lines, isNew }: Addition): string[] {
  const told: string[] = [];
  const same = (what: string, confirmed: unknown, there: unknown) => {
    if (confirmed !== there) told.push(`${what} ${there}, ${confirmed} was confirmed`);
  };
  same('kind', shown.documentKind.toLowerCase(), document.kind);
  if (shown.target.documentId !== null) same('document', shown.target.documentId, document.id);
  if (isNew) same('state', statusOf[shown.postAs], document.status);
  same('currency', shown.after.currency, document.currencyCode);
  same('lines', shown.lines.length, lines.length);
  const wanted = shown.lines.map(({ description, quantity, unitPrice, amount }) =>
    [description.trim(), Number(quantity), Number(unitPrice), Number(amount.amount)].join(' | '),
  );
  const there = lines.map(({ line }) =>
    [
      (line.description ?? '').replace(/\s*\[LP[0-9A-Z]{16}\]\s*$/, '').trim(),
      Number(line.quantity),
      Number(line.unitAmount),
      Number(line.lineAmount),
    ].join(' | '),
  );
  same('lines', wanted.sort().join('\n'), there.sort().join('\n'));
  const total = document.lines.reduce((sum, { lineAmount }) => sum + cents(lineAmount), 0);
  same('total', cents(shown.after.amount), total);
  return told;
}

const statusOf: Readonly<Record<string, string>> = {
  draft: 'DRAFT',
  submitted: 'SUBMITTED',
  approved: 'AUTHORISED',
  sent: 'AUTHORISED',
};
const cents = (amount: string): number => Math.round(Number(amount) * 100);
