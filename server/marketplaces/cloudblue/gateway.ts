import { AppError } from '../../domain/errors.ts';
import { parseForeign } from '../../domain/json.ts';
import type { MarketplaceContext } from '../../domain/ports/marketplace.ts';
import { type Answer, createClient } from './client.ts';
import { notAnAnswer, refusal } from './refusals.ts';
import { createTokens } from './tokens.ts';

export interface Reply {
  body: unknown;
  answer: Answer;
}

/**
 * Authenticated reading: bearer token and subscription key on every call, a place in the budget
 * before each. A refused token is replaced once; refused again, every later call fails at once with
 * `marketplace.credentials` until the marketplace is opened anew.
 */
export function createGateway(context: MarketplaceContext) {
  const send = createClient({ fetch: context.fetch, clock: context.clock });
  const tokens = createTokens({ context, send });
  const secrets = Object.values(context.credentials);
  const base = context.apiBase.replace(/\/+$/, '');
  let stopped: AppError | null = null;

  async function ask(url: string, token: string): Promise<Answer> {
    await context.spend('background');
    return send({
      method: 'GET',
      url,
      headers: {
        authorization: `Bearer ${token}`,
        'x-subscription-key': context.credentials.subscriptionKey?.trim() ?? '',
      },
    });
  }

  async function answered(url: string): Promise<Answer> {
    if (stopped !== null) throw stopped;
    try {
      const token = await tokens.current();
      const first = await ask(url, token);
      return first.status === 401 ? await ask(url, await tokens.instead(token)) : first;
    } catch (error) {
      if (isRefusedLogin(error)) stopped = error;
      throw error;
    }
  }

  const read = (answer: Answer): Reply => {
    if (answer.status >= 200 && answer.status <= 299) return parsed(answer, secrets);
    const error = refusal(answer, context.clock.nowMs(), secrets);
    if (isRefusedLogin(error)) stopped = error;
    throw error;
  };

  return {
    /** The parsed body of a GET of a path, with a query. */
    async get(path: string, query: Readonly<Record<string, string>>): Promise<Reply> {
      return read(await answered(`${base}${path}?${new URLSearchParams(query)}`));
    },
    /** The same for one record; null where the marketplace no longer has it. */
    async find(path: string): Promise<Reply | null> {
      const answer = await answered(`${base}${path}`);
      return answer.status === 404 ? null : read(answer);
    },
    /** The error for a body that is JSON but not what was asked for. */
    unexpected: (reply: Reply): AppError => notAnAnswer(reply.answer, secrets),
  };
}
export type Gateway = ReturnType<typeof createGateway>;

const isRefusedLogin = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'marketplace.credentials';

function parsed(answer: Answer, secrets: readonly string[]): Reply {
  try {
    return { body: parseForeign(answer.text), answer };
  } catch {
    throw notAnAnswer(answer, secrets);
  }
}
