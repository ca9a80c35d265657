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
  exchange: () => Promise<Renewed<Failure>>;
  now: () => number;
}): Session<Failure> {
  let held: { bearer: Bearer; renewAtMs: number } | null = null;
  let flight: Promise<Renewed<Failure>> | null = null;

  async function take(): Promise<Renewed<Failure>> {
    const result = await options.exchange();
    held = result.ok
      ? {
          bearer: result.bearer,
          renewAtMs: options.now() + result.bearer.expiresInSeconds * 1000 * renewAtShare,
        }
      : null;
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
