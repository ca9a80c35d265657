import { describe, expect, it } from 'vitest';
import { BASE_URL } from './connect.ts';
import { agreementScene, type Scene } from './scene.ts';

const text = async ({ connectwise }: Pick<Scene, 'connectwise'>, path: string) =>
  (await connectwise.fetch(new Request(BASE_URL + path))).text();

/** Sends a form as a browser does, and gives where it leads. */
async function send({ connectwise }: Pick<Scene, 'connectwise'>, fields: Record<string, string>) {
  const response = await connectwise.fetch(
    new Request(`${BASE_URL}/sandbox/person`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    }),
  );
  return { status: response.status, location: response.headers.get('location') ?? '' };
}

/** The forms of a page that do this act: their fields as a browser would send them, choices at their first. */
function formsOf(page: string, action: string): Record<string, string>[] {
  return [...page.matchAll(/<form[^>]*>([\s\S]*?)<\/form>/g)]
    .map(([, inner = '']) => inner)
    .filter((inner) => inner.includes(`name="action" value="${action}"`))
    .map((inner) => {
      const inputs = [...inner.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
      const choices = [...inner.matchAll(/<select name="([^"]+)">([\s\S]*?)<\/select>/g)].map(
        ([, name = '', options = '']): [string, string] => [
          name,
          /value="([^"]*)" selected/.exec(options)?.[1] ??
            /value="([^"]*)"/.exec(options)?.[1] ??
            '',
        ],
      );
      return Object.fromEntries([
        ...inputs.map(([, name = '', value = '']): [string, string] => [name, value]),
        ...choices,
      ]);
    });
}

describe('the pages', () => {
  it('show every section, and what is in a record', async () => {
    const scene = await agreementScene();
    const sections = [
      'companies',
      'agreements',
      'invoicing',
      'catalogue',
      'opportunities',
      'tickets',
      'system',
    ];
    for (const section of sections)
      expect(await text(scene, `/${section}`)).toContain('aria-current="page"');
    expect(await text(scene, `/companies/${String(scene.company?.id)}`)).toContain('Subscriptions');
    await scene.add({ description: 'mark <1>' });
    expect(await text(scene, `/agreements/${scene.agreementId}`)).toContain('mark &lt;1&gt;');
    const gone = await scene.connectwise.fetch(new Request(`${BASE_URL}/agreements/1`));
    expect(gone.status).toBe(404);
  });

  it('lead from the links that ConnectWise gives', async () => {
    const scene = await agreementScene();
    const follow = async (recordType: string, recid: unknown) => {
      const query = new URLSearchParams({ recordType, recid: String(recid) });
      const address = `${BASE_URL}/v4_6_release/services/system_io/router/openrecord.rails?${query}`;
      const { status, headers } = await scene.connectwise.fetch(new Request(address));
      return headers.get('location') ?? status;
    };
    expect(await follow('AgreementFV', scene.agreementId)).toBe(`/agreements/${scene.agreementId}`);
    expect(await follow('CompanyFv', 7)).toBe('/companies/7');
    expect(await follow('ServiceFv', 7)).toBe('/tickets');
    expect(await follow('CupboardFv', 7)).toBe(404);
  });

  it('come back to their page, with the words of a refusal', async () => {
    const scene = await agreementScene();
    const back = `/agreements/${scene.agreementId}`;
    const change = { action: 'change', record: 'Agreement', id: String(scene.agreementId), back };
    const good = await send(scene, { ...change, name: 'Renamed' });
    expect(good).toEqual({ status: 303, location: back });
    const bad = await send(scene, { ...change, name: '' });
    expect(bad.location).toBe(`${back}?problem=name%20is%20required.`);
    expect(await text(scene, bad.location)).toContain('role="alert"');
    const away = await send(scene, { ...change, back: '//elsewhere.example' });
    expect(away.location).toBe('/');
  });

  it('let a person work through a month: line, change, end, invoice, payment', async () => {
    const scene = await agreementScene();
    const path = `/agreements/${scene.agreementId}`;
    const [adding] = formsOf(await text(scene, path), 'create');
    const added = await send(scene, { ...adding, product: String(scene.itemId), quantity: '4' });
    expect(added.location).toBe(path);
    const [, editing] = formsOf(await text(scene, path), 'change');
    const changed = { ...editing, unitPrice: '12.5', cancelledDate: '2026-11-30' };
    expect((await send(scene, changed)).location).toBe(path);
    const [invoicing] = formsOf(await text(scene, path), 'invoice');
    expect(invoicing?.through).toBe('2026-11-01');
    expect((await send(scene, invoicing ?? {})).location).toBe(path);
    const invoice = /href="(\/invoices\/\d+)"/.exec(await text(scene, path))?.[1] ?? '';
    const page = await text(scene, invoice);
    expect(page).toContain('2026-11-01 to 2026-11-30');
    const [paying] = formsOf(page, 'pay');
    expect(paying?.amount).toBe('55.00');
    await send(scene, paying ?? {});
    expect(await text(scene, invoice)).toContain('Paid');
    expect(formsOf(await text(scene, invoice), 'pay')).toEqual([]);
  });

  it('make companies, agreements and items by their own forms', async () => {
    const scene = await agreementScene();
    const [company] = formsOf(await text(scene, '/companies'), 'create');
    await send(scene, { ...company, name: 'Brand new', identifier: 'BrandNew' });
    expect(await text(scene, '/companies')).toContain('Brand new');
    const path = `/companies/${String(scene.company?.id)}`;
    const [agreement] = formsOf(await text(scene, path), 'create');
    expect((await send(scene, { ...agreement, name: 'By hand' })).location).toBe(path);
    expect(await text(scene, path)).toContain('By hand');
    const [item] = formsOf(await text(scene, '/catalogue'), 'create');
    const texts = { identifier: 'HAND', description: 'Hand', customerDescription: 'By hand' };
    expect((await send(scene, { ...item, ...texts })).location).toBe('/catalogue');
    expect(await text(scene, '/catalogue')).toContain('HAND');
  });

  it('take rights away and give them back, one by one', async () => {
    const scene = await agreementScene();
    const right = async () =>
      formsOf(await text(scene, '/system'), 'setRight').find(
        (form) => form.right === 'Finance &gt; Agreements' && form.verb === 'Inquire',
      );
    const press = async () => {
      const form = await right();
      await send(scene, { ...form, right: 'Finance > Agreements' });
    };
    const status = async () => (await scene.api('GET', scene.below)).status;
    await press();
    expect(await status()).toBe(403);
    await press();
    expect(await status()).toBe(200);
  });

  it('give the file of a document, and never show it as a page', async () => {
    const scene = await agreementScene();
    const form = new FormData();
    form.set('file', new Blob(['<b>x</b>'], { type: 'text/html' }), 'users.html');
    form.set('recordType', 'Agreement');
    form.set('recordId', String(scene.agreementId));
    const { json } = await scene.api('POST', '/system/documents', form);
    const path = `/documents/${String(json.id)}`;
    expect(await text(scene, `/agreements/${scene.agreementId}`)).toContain(`href="${path}"`);
    const response = await scene.connectwise.fetch(new Request(BASE_URL + path));
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(await response.text()).toBe('<b>x</b>');
  });
});
