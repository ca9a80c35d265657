import { must } from '../sandbox/must.ts';
import type { Visitor } from './visitor.ts';

/** Pages of one query that are followed. */
const pagesMax = 50;

/** How the reseller's own access asks the sandbox's Autotask, wherever that runs. */
export interface AutotaskDoor {
  url: string;
  clientId: string;
  user: { userName: string; secret: string };
  fetch(request: Request): Promise<Response>;
}

export const autotaskDoor = ({ world }: Pick<Visitor, 'world'>): AutotaskDoor => ({
  url: world.urls.systems.autotask,
  clientId: world.clients.autotask.clientId,
  user: must(world.systems.autotask.users()[0], 'an API user'),
  fetch: world.fetch,
});

/** What Autotask answers to a query of its own API, whole, as a stranger would ask it. */
export async function askAutotask(
  { url: base, clientId, user, fetch }: AutotaskDoor,
  entity: string,
  filter: object = { op: 'exist', field: 'id' },
): Promise<Record<string, unknown>[]> {
  let url = `${base}/zone5/ATServicesRest/V1.0/${entity}/query`;
  const rows: Record<string, unknown>[] = [];
  for (let page = 0; page < pagesMax; page += 1) {
    const response = await fetch(
      new Request(url, {
        method: 'POST',
        headers: {
          ApiIntegrationCode: clientId,
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

export const autotaskRows = (road: Pick<Visitor, 'world'>, entity: string, filter?: object) =>
  askAutotask(autotaskDoor(road), entity, filter);
