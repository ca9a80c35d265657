import { AppError } from '../domain/errors.ts';
import type { Clock, Crypto, Disk, Logger } from '../domain/ports.ts';
import type { AuditEntry, AuditFact, AuditPage, AuditTrail } from './audit.ts';
import { type ChainEnd, chained, chainStart, follows, isSealed, sealed } from './audit-chain.ts';
import { type ChainFiles, chainFiles, chainName } from './audit-files.ts';
import type { MasterKey } from './master-keys.ts';

/** Facts that wait for the disk; more are refused, with whatever wanted to be recorded. */
const waitingMax = 10_000;
/** Refused calls of nobody in a minute; more are counted, so that a flood cannot fill the disk. */
const strangersMax = 60;
const strangersMs = 60_000;

type Waiting = AuditFact & { at: string };
interface Chain {
  name: string;
  files: ChainFiles;
  end: ChainEnd | null;
  waiting: Waiting[];
  /** Its end waits to be sealed under another key, with or without new facts. */
  resealing: boolean;
  writing: Promise<void> | null;
}

/**
 * A chain of facts for each tenant and one for the operator, in files of their own. Facts are written
 * in the order they came, many at a time; what could not be written stays and is tried with the next.
 */
export function createAuditTrail(options: {
  folder: string;
  disk: Disk;
  clock: Clock;
  crypto: Crypto;
  logger: Logger;
  masterKeys: readonly MasterKey[];
}): AuditTrail {
  const { folder, disk, clock, crypto, logger, masterKeys } = options;
  const chains = new Map<string, Chain>();
  let strangers = { untilMs: 0, seen: 0 };

  const chainOf = (tenantId: string | null): Chain => chainNamed(chainName(tenantId, crypto));
  const chainNamed = (name: string): Chain => {
    const known = chains.get(name);
    if (known) return known;
    const files = chainFiles(disk, folder, name);
    const chain: Chain = { name, files, end: null, waiting: [], resealing: false, writing: null };
    chains.set(name, chain);
    return chain;
  };
  const own = (object: string, reason: string): AuditFact => ({
    action: 'audit',
    outcome: 'ok',
    marketplaceId: null,
    tenantId: null,
    object,
    reason,
  });

  /** Where the chain goes on, told to the operator when that is not where its seal says. */
  const opened = async (chain: Chain): Promise<ChainEnd> => {
    const seal = await chain.files.end();
    const month = (await chain.files.months()).at(-1);
    if (month === undefined && seal === null) {
      if (chain.name !== chainName(null, crypto)) add(own(chain.name, 'begins'));
      return chainStart;
    }
    if (month !== undefined) await chain.files.mend(month);
    const entries = month === undefined ? [] : await chain.files.entries(month);
    const known = seal !== null && isSealed(chain.name, seal, masterKeys);
    const behind = entries.filter((entry) => (entry?.position ?? 0) > (seal?.position ?? 0));
    let end: ChainEnd = seal ?? chainStart;
    for (const entry of behind) {
      if (entry === null || !follows(end, entry, crypto)) break;
      end = entry;
    }
    if (!known) add(own(chain.name, 'goes on behind a seal that does not hold'));
    else if (behind.length > 0) add(own(chain.name, `took in ${behind.length} behind its seal`));
    return { position: end.position, hash: end.hash };
  };

  const write = async (chain: Chain): Promise<void> => {
    try {
      for (;;) {
        let end = chain.end ?? (await opened(chain));
        chain.end = end;
        const facts = chain.waiting.slice();
        if (facts.length === 0 && !chain.resealing) return;
        const entries = facts.map((fact): AuditEntry => {
          const entry = chained(end, fact, crypto);
          end = { position: entry.position, hash: entry.hash };
          return entry;
        });
        await chain.files.append(entries, sealed(chain.name, end, masterKeys));
        chain.end = end;
        chain.resealing = false;
        chain.waiting.splice(0, facts.length);
        logger.info('audit-sealed', { chain: chain.name, ...end });
      }
    } catch (error) {
      // Part of it may be on disk: what is there is looked at again before the next is written.
      chain.end = null;
      logger.error('audit-not-written', { chain: chain.name, error });
    } finally {
      // In the same step as the last look at what waits: a fact that comes later starts anew.
      chain.writing = null;
    }
  };
  const start = (chain: Chain): Promise<void> => {
    chain.writing ??= Promise.resolve().then(() => write(chain));
    return chain.writing;
  };

  const add = (fact: AuditFact): void => {
    const chain = chainOf(fact.tenantId);
    if (chain.waiting.length >= waitingMax) throw new AppError('store.queue-full');
    chain.waiting.push({ ...fact, at: new Date(clock.nowMs()).toISOString() });
    void start(chain);
  };

  /** True for a fact about nobody that is one too many in its minute. */
  const isOneTooMany = ({ tenantId, outcome }: AuditFact): boolean => {
    if (tenantId !== null || outcome !== 'refused') return false;
    if (clock.nowMs() >= strangers.untilMs) {
      const left = strangers.seen - strangersMax;
      strangers = { untilMs: clock.nowMs() + strangersMs, seen: 0 };
      if (left > 0) add(own('refused calls', `${left} more in a minute`));
    }
    strangers.seen += 1;
    return strangers.seen > strangersMax;
  };

  return {
    record: (fact) => {
      logger.info('audit', fact);
      if (!isOneTooMany(fact)) add(fact);
    },
    page: async (tenantId, { before, limit }): Promise<AuditPage> => {
      const chain = chainOf(tenantId);
      await chain.writing;
      const found: AuditEntry[] = [];
      for (const month of (await chain.files.months()).reverse()) {
        for (const entry of (await chain.files.entries(month)).reverse()) {
          if (entry === null || entry.position >= (before ?? Number.POSITIVE_INFINITY)) continue;
          found.push(entry);
          if (found.length === limit)
            return { entries: found, next: entry.position > 1 ? entry.position : null };
        }
      }
      return { entries: found, next: null };
    },
    forget: async (tenantId) => {
      const chain = chainOf(tenantId);
      await chain.writing;
      const end = await chain.files.end();
      await chain.files.remove();
      chains.delete(chain.name);
      if (end !== null) add(own(chain.name, `ends at ${end.position} ${end.hash}`));
    },
    reseal: async () => {
      for (const name of await disk.list(folder)) {
        const chain = chainNamed(name);
        if ((await chain.files.end())?.keyId === masterKeys[0]?.id) continue;
        chain.resealing = true;
        await start(chain);
        if (chain.resealing) throw new AppError('store.failed');
      }
    },
    flush: async () => {
      // Opening one chain may tell the operator's.
      for (let turn = 0; turn < 3; turn += 1)
        await Promise.all([...chains.values()].map((chain) => start(chain)));
    },
  };
}
