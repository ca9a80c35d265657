/** The short life of our bearer: taken when needed, renewed at 80 % of its life, one flight at a time. */
export interface Bearer {
  token: string;
  expiresInSeconds: number;
}
export type Renewed<Failure> = { ok: true; bearer: Bearer } | { ok: false; failure: Failure };
const renewAtShare = 0.8;

export interface Session<Failure> {
  /** The bearer, renewed first where its time is nearly over. */
  current: () => Promise<Renewed<Failure>>;
  /** A new bearer, unless somebody already renewed the one that was refused. */
  renew: (refused: string | null) => Promise<Renewed<Failure>>;
}

export function createSession<Failure>(options: {
  /** Takes a new bearer; the one before, where there is one, ends with it. */
  exchange: (replaces: string | null) => Promise<Renewed<Failure>>;
  now: () => number;
  /** A renewal failed; `isOver` when the bearer before is over as well. */
  lost?: (failure: Failure, isOver: boolean) => void;
}): Session<Failure> {
  let held: { bearer: Bearer; renewAtMs: number } | null = null;
  let overAtMs = Number.NEGATIVE_INFINITY;
  let flight: Promise<Renewed<Failure>> | null = null;

  async function take(): Promise<Renewed<Failure>> {
    const result = await options.exchange(held?.bearer.token ?? null);
    held = null;
    if (!result.ok) {
      options.lost?.(result.failure, options.now() >= overAtMs);
      return result;
    }
    const lifeMs = result.bearer.expiresInSeconds * 1000;
    held = { bearer: result.bearer, renewAtMs: options.now() + lifeMs * renewAtShare };
    overAtMs = options.now() + lifeMs;
    return result;
  }
  function fly(): Promise<Renewed<Failure>> {
    flight ??= take().finally(() => {
      flight = null;
    });
    return flight;
  }
  return {
    current: () =>
      held && options.now() < held.renewAtMs
        ? Promise.resolve({ ok: true, bearer: held.bearer })
        : fly(),
    renew: (refused) =>
      held && held.bearer.token !== refused
        ? Promise.resolve({ ok: true, bearer: held.bearer })
        : fly(),
  };
}
