import { addDays, addMonths, instant } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import { rawNumber } from '../../domain/json.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import { storedBody } from '../kit/elements.ts';
import { answerless, type Failed, okOf, outcomeOf, refusal, unsent } from '../kit/written.ts';
import { type ContractBody, contractBodySchema, type LineBody, lineBodySchema } from './body.ts';
import { type Client, idValue } from './client.ts';
import { differences } from './differences.ts';
import { contractMonths, readBeforeWriteMaxMs } from './limits.ts';
import { type ContractState, documentOf } from './map.ts';
import type { Made } from './place.ts';
import type { Reader } from './reader.ts';
import { inEffect, recurringService } from './schema.ts';
import { writeLines } from './write-lines.ts';

export interface Writing {
  client: Client;
  reader: Reader;
  clock: Clock;
}

/**
 * Lines of several contracts: all are read in the same queries before and after, and written one contract
 * after the other. What Autotask refuses on one contract holds back no other one.
 */
export async function changeContracts(
  writing: Writing,
  elements: readonly Element[],
): Promise<Outcome[]> {
  const groups = Map.groupBy(elements, ({ documentId }) => {
    if (documentId === null) throw new AppError('system.bug');
    return documentId;
  });
  const stateOf = readTogether(writing, [...groups.keys()]);
  const written = new Map<string, { bodies: LineBody[]; results: Made[] }>();
  let stopped: Failed | null = null;
  for (const [id, group] of groups) {
    const bodies = group.map((element) => storedBody(lineBodySchema, element));
    const state = stopped ?? (await stateOf(id));
    const results =
      'status' in state ? bodies.map(() => state) : await writeLines(writing.client, state, bodies);
    written.set(id, { bodies, results });
    if (state !== unread) stopped ??= stopsOthers(results);
  }
  const touched = [...written].flatMap(([id, { results }]) => (results.some(isDone) ? [id] : []));
  const now = await readBack(writing.reader, touched);
  return elements.map((element): Outcome => {
    const id = element.documentId ?? '';
    const at = groups.get(id)?.indexOf(element) ?? -1;
    const result = written.get(id)?.results[at];
    const body = written.get(id)?.bodies[at];
    if (result === undefined || body === undefined) throw new AppError('system.bug');
    if (result.status === 'failed')
      // Part of the group is done: the rest is finished before anything else touches the contract.
      return touched.includes(id) && result.certainty === 'unsent'
        ? { status: 'unknown', failure: result.failure }
        : outcomeOf(result);
    return done(now(id), [body], [result]);
  });
}

/** New contracts, each with all its lines; one that is there already is finished. */
export async function openContracts(
  writing: Writing,
  elements: readonly Element[],
): Promise<Outcome[]> {
  const { reader, client } = writing;
  const wanted = elements.map((element) => ({
    marker: element.marker,
    body: storedBody(contractBodySchema, element),
  }));
  const found = await reader.byMarks(wanted.map(({ marker }) => marker)).catch(unsent);
  if ('status' in found) return elements.map(() => outcomeOf(found));
  const idOf = ({ marker }: { marker: string }): string | undefined =>
    found.find(({ contractNumber }) => contractNumber?.includes(marker))?.id;
  const stateOf = readTogether(
    writing,
    wanted.flatMap((one) => idOf(one) ?? []),
  );
  const opened: { id: string | null; results: Made[]; failed: Failed | null }[] = [];
  let stopped: Failed | null = null;
  for (const one of wanted) {
    const id = idOf(one);
    const state: ContractState | Failed =
      stopped ?? (id === undefined ? await openContract(writing, one.body) : await stateOf(id));
    if ('status' in state) {
      opened.push({ id: id ?? null, results: [], failed: state });
      if (state !== unread) stopped ??= stopsOthers([state]);
      continue;
    }
    const results = await writeLines(client, state, one.body.lines);
    const failed = results.find((result) => result.status === 'failed') ?? null;
    opened.push({ id: state.contract.id, results, failed });
    stopped ??= stopsOthers(results);
  }
  const now = await readBack(
    reader,
    opened.flatMap(({ id, failed }) => (id === null || failed !== null ? [] : [id])),
  );
  return opened.map(({ id, results, failed }, index): Outcome => {
    if (id === null || failed?.certainty === 'refused')
      // A refused line is told, and the next plan finds the contract by its mark and goes on from there.
      return failed === null ? lost : outcomeOf(failed);
    // The contract is there: a line that was not sent is finished later.
    if (failed !== null) return { status: 'unknown', failure: failed.failure };
    return done(now(id), wanted[index]?.body.lines ?? [], results);
  });
}

/** Makes a contract; nothing stands on it yet. */
async function openContract(
  { client, reader, clock }: Writing,
  body: ContractBody,
): Promise<ContractState | Failed> {
  const currencies = await reader.currenciesOf([body.companyId]).catch(unsent);
  if ('status' in currencies) return currencies;
  const currency = currencies.get(body.companyId);
  if (currency === undefined) return unread;
  const endDate = addDays(addMonths(body.startDate, contractMonths), -1);
  const made = await client.write({
    method: 'POST',
    path: 'Contracts',
    body: {
      companyID: idValue(body.companyId),
      contractName: body.name,
      contractNumber: body.number,
      contractType: rawNumber(recurringService),
      contractPeriodType: rawNumber(body.periodType),
      startDate: `${body.startDate}T00:00:00`,
      endDate: `${endDate}T00:00:00`,
      status: rawNumber(inEffect),
      timeReportingRequiresStartAndStopTimes: rawNumber('0'),
    },
  });
  if (made.status === 'failed') return made;
  const contract = {
    id: made.id,
    companyID: body.companyId,
    contractName: body.name,
    contractNumber: body.number,
    contractType: recurringService,
    contractPeriodType: body.periodType,
    startDate: body.startDate,
    endDate,
    status: inEffect,
  };
  const readAt = instant(clock.nowMs());
  return { contract, services: [], units: [], charges: [], currency, readAt, whole: true };
}

/** Contracts of one batch, read together; those that are left are read again when that is too long ago. */
function readTogether({ reader, clock }: Writing, ids: readonly string[]) {
  let held: ReadonlyMap<string, ContractState> = new Map();
  let readAtMs: number | null = null;
  return async (id: string): Promise<ContractState | Failed> => {
    const nowMs = clock.nowMs();
    if (readAtMs === null || nowMs - readAtMs > readBeforeWriteMaxMs) {
      const read = await reader.inFull(ids.slice(ids.indexOf(id))).catch(unsent);
      if ('status' in read) return read;
      held = read;
      readAtMs = nowMs;
    }
    const state = held.get(id);
    if (state === undefined) return unread;
    return state.whole
      ? state
      : refusal('A record of the contract could not be read. Nothing was written beside it.');
  };
}

/** What stands now, of all contracts that were written. */
async function readBack(
  reader: Reader,
  ids: readonly string[],
): Promise<(id: string) => Document | UnknownOutcome> {
  const read = ids.length === 0 ? new Map() : await reader.inFull(ids).catch(unsent);
  if ('status' in read) return () => ({ status: 'unknown', failure: read.failure });
  return (id) => {
    const state = read.get(id);
    return state === undefined ? lost : documentOf(state);
  };
}

function done(
  document: Document | UnknownOutcome,
  bodies: readonly LineBody[],
  results: readonly Made[],
): Outcome {
  if ('status' in document) return document;
  const warnings = results.flatMap((made) => (made.status === 'done' ? (made.warnings ?? []) : []));
  return okOf({ document, warnings: [...warnings, ...differences(bodies, document)] });
}

/** No answer, or a limit: another contract would fare no better, and waits unsent. */
function stopsOthers(results: readonly Made[]): Failed | null {
  const failed = results.find((result) => result.status === 'failed');
  return failed === undefined || failed.certainty === 'refused'
    ? null
    : { ...failed, certainty: 'unsent' };
}

const isDone = ({ status }: Made): boolean => status !== 'failed';

type UnknownOutcome = Extract<Outcome, { status: 'unknown' }>;
const lost: UnknownOutcome = { status: 'unknown', failure: answerless() };
/** Said of one contract, whatever becomes of the others. */
const unread: Failed = unsent(new AppError('system.answer', { retry: retryLater() }));
