/** A POST with a JSON body, else a GET; the JSON of the answer, or an error with its words. */
export async function sendJson(
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  method = body === undefined ? 'GET' : 'POST',
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 400)}`);
  const answer: unknown = JSON.parse(text);
  return answer;
}
