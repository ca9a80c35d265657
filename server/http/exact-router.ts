import type { Result, Router } from 'hono/router';
import { TrieRouter } from 'hono/router/trie-router';

/**
 * A path without a name in it is looked up whole; only the others are searched for, part by part. One
 * handler a method and path: there is no middleware here.
 */
export class ExactRouter<T> implements Router<T> {
  readonly name = 'exact';
  readonly #exact = new Map<string, Map<string, Result<T>>>();
  readonly #named = new TrieRouter<T>();

  add(method: string, path: string, handler: T): void {
    const paths = this.#exact.get(method) ?? new Map<string, Result<T>>();
    if (/[:*{?]/.test(path)) this.#named.add(method, path, handler);
    else this.#exact.set(method, paths.set(path, [[[handler, {}]]]));
  }

  match(method: string, path: string): Result<T> {
    return this.#exact.get(method)?.get(path) ?? this.#named.match(method, path);
  }
}
