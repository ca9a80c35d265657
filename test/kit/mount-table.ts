import type { Mount } from '../../server/http/mount.ts';
import { type MountServices, pageMounts } from '../../server/http/routes/index.ts';

/** The app's own routes outside the `/v1` table; as with `routeTable`, no handler may be called. */
export function mountTable(): Mount[] {
  const empty: MountServices = JSON.parse(
    '{"session":{},"lifecycle":{},"connect":{"publicUrl":"https://app.example.com"},"embed":{},"wellKnown":{"publicUrl":"https://app.example.com"},"health":{},"hints":{},"callbacks":{}}',
  );
  return pageMounts(empty);
}
