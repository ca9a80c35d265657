import { instant, millisecondsOf } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports/machine.ts';
import type { Transaction } from '../domain/ports/store.ts';
import type { LifecycleClaims, SessionClaims } from './claims.ts';

/** A token may be used up to its end plus the tolerance for clocks that differ. */
const toleranceMs = 10_000;
const seenMax = 100_000;
/** A token is at most so old when the page that just got it shows it here. */
const onItsWaySeconds = 2;

export interface SessionReplay {
  /** True the first time. Only after signature and claims are proven, so that junk cannot fill it. */
  use(claims: Pick<SessionClaims, 'iss' | 'jti' | 'iat' | 'exp'>): boolean;
  size(): number;
}

/**
 * One use of each session token (R9), remembered in memory. What was used before a restart is
 * forgotten, so tokens issued before the start are refused; the second is the token's own grain.
 * Full, it refuses: it never forgets a token that could still be used.
 */
export function createSessionReplay({ clock }: { clock: Clock }): SessionReplay {
  const nowSeconds = () => Math.floor(clock.nowMs() / 1000);
  let startedAtSeconds = nowSeconds();
  const seen = new Map<string, number>();

  const forgetOld = () => {
    for (const [key, expiresAtMs] of seen) if (expiresAtMs <= clock.nowMs()) seen.delete(key);
  };

  return {
    use: ({ iss, jti, iat, exp }) => {
      // Started with a clock that was ahead, it would refuse everybody until that time has come, and
      // then whoever's token was under way when the clock was found set back.
      if (nowSeconds() < startedAtSeconds) startedAtSeconds = nowSeconds() - onItsWaySeconds;
      if (iat < startedAtSeconds) return false;
      const key = `${iss} ${jti}`;
      if ((seen.get(key) ?? 0) > clock.nowMs()) return false;
      if (seen.size >= seenMax) forgetOld();
      if (seen.size >= seenMax) throw new AppError('request.too-many');
      seen.set(key, exp * 1000 + toleranceMs);
      return true;
    },
    size: () => seen.size,
  };
}

/**
 * One use of each lifecycle token, durable: stored in the tenant's own transaction before the effect.
 * False when it was used before. Forgets those that have ended.
 */
export function useLifecycleToken(
  tx: Transaction,
  { jti, exp }: Pick<LifecycleClaims, 'jti' | 'exp'>,
  nowMs: number,
): boolean {
  if (tx.get('usedToken', jti)) return false;
  for (const { id, expiresAt } of tx.list('usedToken'))
    if (millisecondsOf(expiresAt) <= nowMs) tx.remove('usedToken', id);
  tx.put('usedToken', { id: jti, expiresAt: instant(exp * 1000 + toleranceMs) });
  return true;
}
