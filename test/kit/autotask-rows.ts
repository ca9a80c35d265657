import { must } from '../sandbox/must.ts';
import type { Visitor } from './visitor.ts';

/** Pages of one query that are followed. */
const pagesMax = 50;

/** What the sandbox's Autotask answers to a query of its own API, whole, as a stranger would ask it. */
export async function autotaskRows(
  { world }: Pick<Visitor, 'world'>,
  entity: string,
  filter: object = { op: 'exist', field: 'id' },
): Promise<Record<string, unknown>[]> {
  const user = must(world.systems.autotask.users()[0], 'an API user');
  let url = `${world.urls.systems.autotask}/zone5/ATServicesRest/V1.0/${entity}/query`;
  const rows: Record<string, unknown>[] = [];
  for (let page = 0; page < pagesMax; page += 1) {
    const response = await world.fetch(
      new Request(url, {
        method: 'POST',
        headers: {
          ApiIntegrationCode: world.clients.autotask.clientId,
          UserName: user.userName,
          Secret: user.secret,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ filter: [filter] }),
      }),
    );
    const { items, pageDetails } = await response.json();
    rows.push(...items);
    if (pageDetails.nextPageUrl === null) return rows;
    url = pageDetails.nextPageUrl;
  }
  throw new RangeError(`more than ${pagesMax} pages of ${entity}`);
}
