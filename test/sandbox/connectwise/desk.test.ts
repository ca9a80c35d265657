import { describe, expect, it } from 'vitest';
import { agreementScene, errorOf } from './scene.ts';

const set = (path: string, value: unknown) => ({ op: 'replace', path, value });

async function world() {
  const scene = await agreementScene();
  const { api, company, find } = scene;
  const boards = await find('/service/boards');
  const open = (more: Record<string, unknown> = {}) =>
    api('POST', '/service/tickets', {
      summary: 'Needs attention',
      company: { id: company?.id },
      ...more,
    });
  return { ...scene, boards, open };
}

describe('tickets', () => {
  it('get the first board, its status and the usual priority', async () => {
    const { open, company } = await world();
    const reply = await open({ externalXRef: 'task-1' });
    expect([reply.status, reply.json]).toMatchObject([
      201,
      {
        summary: 'Needs attention',
        company: { id: company?.id },
        recordType: 'ServiceTicket',
        board: { name: 'Service desk' },
        status: { name: 'New' },
        priority: { name: 'Priority 3 - Normal', sort: 3 },
        externalXRef: 'task-1',
        closedFlag: false,
      },
    ]);
  });

  it('take a board with a type of it, and a priority', async () => {
    const { open, boards, find } = await world();
    const [, billing] = boards;
    const types = await find(`/service/boards/${String(billing?.id)}/types`);
    const priorities = await find('/service/priorities');
    expect(types.map(({ name }) => String(name))).toEqual(['Request', 'Billing question']);
    const { json } = await open({
      board: { id: billing?.id },
      type: { id: types[1]?.id },
      priority: { id: priorities[0]?.id },
    });
    expect(json).toMatchObject({
      board: { name: 'Billing' },
      type: { name: 'Billing question' },
      status: { name: 'New' },
      priority: { name: 'Priority 1 - Critical' },
    });
    const elsewhere = await open({ type: { id: types[1]?.id } });
    expect(errorOf(elsewhere)[2]).toContain('type does not belong to the board');
  });

  it('take a subtype only below a type that it goes with', async () => {
    const { open, boards, find } = await world();
    const [, billing] = boards;
    const below = (path: string) => find(`/service/boards/${String(billing?.id)}/${path}`);
    const [request, question] = await below('types');
    const subTypes = await below('subtypes');
    expect(subTypes.length).toBeGreaterThan(0);
    for (const subType of subTypes) {
      const associated = new Set([subType.typeAssociationIds].flat().map(String));
      for (const type of [request, question]) {
        const reply = await open({
          board: { id: billing?.id },
          type: { id: type?.id },
          subType: { id: subType.id },
        });
        if (associated.has(String(type?.id)))
          expect(reply.json).toMatchObject({ subType: { id: subType.id } });
        else expect(errorOf(reply)[2]).toContain('subtype does not belong to the type');
      }
    }
  });

  it.each([
    [{ summary: undefined }, 'summary is required'],
    [{ summary: 'x'.repeat(101) }, 'maximum length of 100'],
    [{ company: undefined }, 'company is required'],
    [{ board: { name: 'Old board' } }, 'board is inactive'],
    [{ priority: { name: 'Whenever' } }, 'does not exist'],
  ])('are refused with %j', async (more, words) => {
    const { open } = await world();
    expect(errorOf(await open(more))[2]).toContain(words);
  });

  it('take their first description as a note, and more notes below', async () => {
    const { api, open, find } = await world();
    const { json } = await open({ initialDescription: 'Tried twice' });
    expect(json).not.toHaveProperty('initialDescription');
    const path = `/service/tickets/${String(json.id)}/notes`;
    const note = { text: 'Still open', internalAnalysisFlag: true };
    expect((await api('POST', path, note)).status).toBe(201);
    expect(errorOf(await api('POST', path, { text: 'Which?' }))[2]).toContain('note types');
    expect((await find(path)).map(({ text }) => String(text))).toEqual([
      'Tried twice',
      'Still open',
    ]);
  });

  it('are closed by a status of their board', async () => {
    const { api, open, boards, find } = await world();
    const { json } = await open();
    const statuses = await find(`/service/boards/${String(boards[0]?.id)}/statuses`);
    const closing = statuses.find(({ closedStatus }) => Boolean(closedStatus));
    const path = `/service/tickets/${String(json.id)}`;
    const closed = await api('PATCH', path, [set('status', { id: closing?.id })]);
    expect(closed.json).toMatchObject({ closedFlag: true, closedBy: 'Ledgerport' });
    const others = await find(`/service/boards/${String(boards[1]?.id)}/statuses`);
    const foreign = await api('PATCH', path, [set('status', { id: others[0]?.id })]);
    expect(errorOf(foreign)[2]).toContain('status does not belong');
  });
});
