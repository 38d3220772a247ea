import { Button } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { usePartTexts } from '../texts/parts/index.ts';
import { Drawer } from './drawer.tsx';
import { ProblemNotice } from './notice.tsx';

/**
 * A form in a drawer beside the page, saved by its button or by Enter. Save is always active, and explains.
 *
 * @param error what was refused: shown above the fields where none of them says it. A text is a field's own business
 * @param further buttons between Save and Cancel
 * @param instead what is shown in place of the form once it is saved, to be closed when it was read
 */
export function FormDrawer({
  opened,
  title,
  error,
  onSave,
  onClose,
  further,
  instead,
  children,
}: {
  opened: boolean;
  title: ReactNode;
  error: unknown;
  onSave: () => unknown;
  onClose: () => void;
  further?: ReactNode;
  instead?: ReactNode;
  children: ReactNode;
}) {
  const [parts, id] = [usePartTexts(), useId()];
  const isFields = error instanceof ApiProblem && error.fields.length > 0;
  const foot = instead ? (
    <Button variant="filled" onClick={onClose}>
      {parts('done')}
    </Button>
  ) : (
    <>
      <Button type="submit" form={id} variant="filled">
        {parts('save')}
      </Button>
      {further}
      <Button variant="subtle" onClick={onClose}>
        {parts('cancel')}
      </Button>
    </>
  );
  return (
    <Drawer opened={opened} onClose={onClose} title={title} foot={foot}>
      {instead || (
        <form
          id={id}
          noValidate
          style={{ display: 'grid', gap: 16 }}
          onSubmit={(event) => {
            event.preventDefault();
            onSave();
          }}
        >
          {error !== undefined && typeof error !== 'string' && !isFields && <ProblemNotice error={error} />}
          {children}
        </form>
      )}
    </Drawer>
  );
}
