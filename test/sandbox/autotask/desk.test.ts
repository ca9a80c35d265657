import { describe, expect, it } from 'vitest';
import { connectAutotask, EVERYTHING, listOf } from './connect.ts';
import { errorOf, is } from './scene.ts';

const BILLING_QUEUE = 29_683_481;

async function world() {
  const connected = await connectAutotask();
  const { api, find } = connected;
  const [nadia] = await find('Resources', is('eq', 'firstName', 'Nadia'));
  const [apiUser] = await find('Resources', is('eq', 'lastName', 'API'));
  const ticket = (more: Record<string, unknown> = {}) => ({
    companyID: 0,
    title: 'Needs you: a price is missing',
    status: 1,
    priority: 2,
    queueID: BILLING_QUEUE,
    ...more,
  });
  const open = (more: Record<string, unknown> = {}) => api('POST', '/Tickets', ticket(more));
  return { ...connected, nadia, apiUser, open };
}

describe('tickets', () => {
  it('get the number of their day, and name who made them', async () => {
    const { api, open, apiUser, clock } = await world();
    await open();
    const { json } = await open({ externalID: 'task-1' });
    const { item } = (await api('GET', `/Tickets/${json.itemId}`)).json;
    expect(item).toMatchObject({
      ticketNumber: 'T20261123.0002',
      creatorResourceID: apiUser?.id,
      createDate: '2026-11-23T02:00:00Z',
      externalID: 'task-1',
      completedDate: null,
    });
    clock.ms += 86_400_000;
    await api('PATCH', '/Tickets', { id: json.itemId, status: 5 });
    expect((await api('GET', `/Tickets/${json.itemId}`)).json.item).toMatchObject({
      completedDate: '2026-11-24T02:00:00Z',
      completedByResourceID: apiUser?.id,
    });
  });

  it.each([
    [{ queueID: null }, 'queueID, or assignedResourceID'],
    [{ queueID: 29_683_483 }, 'queueID'],
    [{ priority: 9 }, 'priority'],
    [{ assignedResourceRoleID: 1 }, 'both a assignedResourceID and assignedResourceRoleID'],
    [{ title: 'x'.repeat(256) }, '255 characters'],
    [{ issueType: 11, subIssueType: 101 }, 'does not belong to its issueType'],
    [{ companyID: 1 }, 'companyID'],
  ])('are refused with %j', async (more, words) => {
    const { open } = await world();
    expect(errorOf(await open(more))).toEqual([500, expect.stringContaining(words)]);
  });

  it('are assigned to people, never to an API user', async () => {
    const { open, nadia, apiUser } = await world();
    const to = (id: unknown) => open({ assignedResourceID: id, assignedResourceRoleID: 1 });
    expect((await to(nadia?.id)).status).toBe(200);
    expect(errorOf(await to(apiUser?.id))).toEqual([500, expect.stringContaining('API user')]);
  });

  it('tell queues, priorities and issue types by their picklists, the inactive ones too', async () => {
    const { api } = await world();
    const { json } = await api('GET', '/Tickets/entityInformation/fields');
    const field = (name: string) => listOf(json.fields).find((one) => String(one.name) === name);
    const queues = listOf(field('queueID')?.picklistValues);
    expect(queues.map(({ label, isActive }) => [label, isActive])).toEqual([
      ['Billing', true],
      ['Service desk', true],
      ['Old queue', false],
    ]);
    expect(field('subIssueType')).toMatchObject({ picklistParentValueField: 'issueType' });
    expect(field('subIssueType')?.picklistValues?.[0]).toMatchObject({ parentValue: '10' });
  });

  it('take notes below them', async () => {
    const { api, open, find } = await world();
    const { json } = await open();
    const note = { title: 'Still open', description: 'Tried again', noteType: 1, publish: 2 };
    expect((await api('POST', `/Tickets/${json.itemId}/Notes`, note)).status).toBe(200);
    const notes = await find('TicketNotes', is('eq', 'ticketID', json.itemId));
    expect(notes).toMatchObject([note]);
  });
});

describe('opportunities and quotes', () => {
  it('are open with or without the address of a document, in a user-defined field', async () => {
    const { find } = await world();
    const open = await find('Opportunities', is('eq', 'status', 1));
    const documents = open.map(({ userDefinedFields }) => userDefinedFields?.[0]?.value);
    expect(documents).toEqual([
      'https://documents.example/q/1',
      null,
      'https://documents.example/q/3',
      null,
      'https://documents.example/q/5',
    ]);
    const named = { ...is('endsWith', 'Document URL', '/q/3'), udf: true };
    expect(await find('Opportunities', named)).toEqual([open[2]]);
  });

  it('are closed with a day', async () => {
    const { api, find } = await world();
    const [one] = await find('Opportunities', EVERYTHING);
    await api('PATCH', '/Opportunities', { id: one?.id, status: 3 });
    expect((await find('Opportunities', is('eq', 'id', one?.id)))[0]).toMatchObject({
      closedDate: '2026-11-23T02:00:00Z',
      lostDate: null,
    });
  });

  it('change by a person, user-defined fields too', async () => {
    const { autotask, find } = await world();
    const [one] = await find('Opportunities', EVERYTHING);
    const address = 'https://documents.example/new';
    autotask.person.change('Opportunities', Number(one?.id), { 'udf:Document URL': address });
    const [after] = await find('Opportunities', is('eq', 'id', one?.id));
    expect(after?.userDefinedFields).toEqual([{ name: 'Document URL', value: address }]);
  });

  it('have a quote with items, which are read here only', async () => {
    const { api, find } = await world();
    const [one] = await find('Opportunities', EVERYTHING);
    const [quote] = await find('Quotes', is('eq', 'opportunityID', one?.id));
    const { json } = await api('GET', `/Quotes/${quote?.id}/Items`);
    expect(listOf(json.items)).toMatchObject([{ name: 'Migration', unitPrice: 500 }]);
    expect((await api('POST', '/Quotes', {})).status).toBe(404);
  });
});
