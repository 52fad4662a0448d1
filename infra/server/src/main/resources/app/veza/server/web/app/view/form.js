import { useState } from '../core/ui.js';
import { Problem, fieldFault, inWords } from '../net/problem.js';

/** Submits once at a time and keeps what was refused, as a whole and by field. `special` may take a failure upon itself. */
export function useForm(work, special = () => false) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (refused) {
      if (!special(refused)) setFailure(refused);
    } finally {
      setBusy(false);
    }
  };
  const hasFields = failure instanceof Problem && failure.errors.length > 0;
  return {
    submit,
    isBusy,
    fault: failure && !hasFields ? inWords(failure) : null,
    fieldFault: (pointer) => fieldFault(failure, pointer),
  };
}
