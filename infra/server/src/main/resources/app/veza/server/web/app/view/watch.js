import { useEffect } from '../core/ui.js';
import { watch } from '../chat/presence.js';

/** While the view is there, the presence of these is of interest. */
export function useWatch(who, ids) {
  const key = [...ids].sort().join();
  useEffect(() => watch(who, key ? key.split(',') : []), [who, key]);
}
