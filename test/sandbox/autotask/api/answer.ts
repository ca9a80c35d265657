/** What a handler says; the gate turns it into a response. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** Validation and most refusals are 500 with `{"errors": [text]}` (help: REST, response codes; no list of codes exists). */
export const refused = (...errors: string[]): Answer => ({ status: 500, body: { errors } });

export const unauthorized = (text: string): Answer => ({ status: 401, body: { errors: [text] } });

export const forbidden = (text: string): Answer => ({ status: 403, body: { errors: [text] } });

/** The wrong address for an entity, such as a child at root (help: Finding resource and child access URLs). */
export const notFound = (): Answer => ({ status: 404, body: undefined });

/** The words of ASP.NET, seen for a root GET (Anteris-Dev/autotask-client #12). */
export const notAllowed = (method: string): Answer => ({
  status: 405,
  body: { Message: `The requested resource does not support http method '${method}'.` },
});
