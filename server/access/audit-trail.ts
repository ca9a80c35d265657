import { AppError } from '../domain/errors.ts';
import type { Disk } from '../domain/ports/disk.ts';
import type { Clock, Crypto, Logger } from '../domain/ports/machine.ts';
import type { AuditEntry, AuditFact, AuditTrail } from './audit.ts';
import { type ChainEnd, chained, chainStart, sealed } from './audit-chain.ts';
import { beginnings, checkNamed } from './audit-check.ts';
import { type ChainFiles, chainFiles, chainName, operatorChain } from './audit-files.ts';
import { pageOf } from './audit-page.ts';
import { openChain } from './chain-opening.ts';
import type { MasterKey } from './master-keys.ts';

/** Facts that wait for the disk; more are refused, with whatever wanted to be recorded. */
const waitingMax = 10_000;
/** Refusals of a chain in a minute; more are counted, so that a flood cannot fill the disk. */
const refusalsMax = 60;
const refusalsMs = 60_000;

type Waiting = AuditFact & { at: string };
interface Chain {
  name: string;
  files: ChainFiles;
  end: ChainEnd | null;
  waiting: Waiting[];
  /** Its end waits to be sealed under another key, with or without new facts. */
  resealing: boolean;
  refusals: { untilMs: number; seen: number };
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

  const chainOf = (tenantId: string | null): Chain => chainNamed(chainName(tenantId, crypto));
  const chainNamed = (name: string): Chain => {
    const known = chains.get(name);
    if (known) return known;
    const files = chainFiles(disk, folder, name);
    const chain: Chain = {
      name,
      files,
      end: null,
      waiting: [],
      resealing: false,
      refusals: { untilMs: 0, seen: 0 },
      writing: null,
    };
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

  /** What is odd about it, and that it begins, is told to the operator's chain first. */
  const opened = async (chain: Chain): Promise<ChainEnd> => {
    const { end, empty, odd } = await openChain({ ...options, ...chain });
    if (odd !== null) add(own(chain.name, odd));
    if (empty !== 'no' && chain.name !== operatorChain) await begin(chain, empty);
    return end;
  };
  /** Sealed empty, then told, then written: a crash between them is no chain that was taken away. */
  const begin = async (chain: Chain, empty: 'sealed' | 'bare'): Promise<void> => {
    const operator = chainOf(null);
    const isTelling = () =>
      operator.waiting.some(({ object, reason }) => object === chain.name && reason === 'begins');
    if (empty === 'bare') await chain.files.append([], sealed(chain.name, chainStart, masterKeys));
    const told = empty === 'sealed' && (await beginnings(options, chain.name)).has(chain.name);
    if (!told && !isTelling()) add(own(chain.name, 'begins'));
    await start(operator);
    if (isTelling()) throw new AppError('store.failed');
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

  /** True for a refusal that is one too many in its minute: strangers' and each tenant's own. */
  const isOneTooMany = ({ tenantId, outcome }: AuditFact): boolean => {
    if (outcome !== 'refused') return false;
    const chain = chainOf(tenantId);
    if (clock.nowMs() >= chain.refusals.untilMs) {
      const left = chain.refusals.seen - refusalsMax;
      chain.refusals = { untilMs: clock.nowMs() + refusalsMs, seen: 0 };
      if (left > 0) add({ ...own('refused calls', `${left} more in a minute`), tenantId });
    }
    chain.refusals.seen += 1;
    return chain.refusals.seen > refusalsMax;
  };

  return {
    record: (fact) => {
      logger.info('audit', fact);
      if (!isOneTooMany(fact)) add(fact);
    },
    page: async (tenantId, query) => {
      const chain = chainOf(tenantId);
      await start(chain);
      return pageOf(chain.files, query);
    },
    check: async (tenantId) => {
      const chain = chainOf(tenantId);
      await start(chain);
      await start(chainOf(null));
      return checkNamed(options, chain.name);
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
