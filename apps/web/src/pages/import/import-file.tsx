import { Button, FileButton, Select } from '@mantine/core';
import { createLazyRoute, Navigate, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState, type DragEvent } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { useImportTexts } from '../../texts/import/index.ts';
import { takeFile } from './import-queries.ts';
import { importableOf, useImportables, type Importable } from './importables.ts';
import css from './import.module.css';
import { Steps } from './steps.tsx';

export const route = createLazyRoute('/shell/import/$kind')({ component: ImportFile });

/** Takes in the file of a kind. */
function ImportFile() {
  const t = useImportTexts();
  const of = importableOf(useParams({ from: '/shell/import/$kind' }).kind);
  const among = useImportables();
  if (!of) return <Navigate to="/import" replace />;
  return (
    <Page title={t(of.resource)} crumbs={[{ text: t('title'), to: '/import' }]}>
      {among.includes(of) ? (
        <div className={css.stack}>
          <Steps at="file" />
          <Taking of={of} />
        </div>
      ) : (
        <Empty level={2} title={t('mayNot')}>
          {t('mayNotHint')}
        </Empty>
      )}
    </Page>
  );
}

type Trouble = { file: File; spreadsheet?: true; error?: unknown };

function Taking({ of }: { of: Importable }) {
  const t = useImportTexts();
  const navigate = useNavigate();
  const [reading, setReading] = useState<File>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [over, setOver] = useState(false);
  const take = async (file: File | null | undefined, charset?: string) => {
    if (!file) return;
    setTrouble(undefined);
    if (await isSpreadsheet(file)) return setTrouble({ file, spreadsheet: true });
    setReading(file);
    try {
      const id = await takeFile(of, file, charset);
      await navigate({ to: '/imports/$id', params: { id }, search: { of: of.resource } });
    } catch (error) {
      setTrouble({ file, error });
    } finally {
      setReading(undefined);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const unclear = trouble?.error instanceof ApiProblem && trouble.error.code === 'encoding-unclear';
  return (
    <>
      {trouble && (
        <Notice wrong>
          <strong>{t(trouble.spreadsheet ? 'spreadsheet' : 'notTaken', { file: trouble.file.name })}</strong>{' '}
          {trouble.spreadsheet ? t('spreadsheetNext') : <Reason error={trouble.error} />}
        </Notice>
      )}
      {unclear && <Encoding key={trouble.file.name} file={trouble.file} onTake={(charset) => void take(trouble.file, charset)} />}
      <div
        className={css.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        aria-live="polite"
      >
        <Icon name={reading ? 'wait' : 'upload'} size="l" />
        <h2>{reading ? t('reading', { file: reading.name }) : t('dropTitle')}</h2>
        <p>{reading ? t('readingHint') : t('dropHint')}</p>
        <FileButton
          onChange={(file) => void take(file)}
          accept=".csv,.tsv,.txt,text/csv"
          disabled={reading !== undefined}
          inputProps={{ 'aria-label': t('chooseFile') }}
        >
          {(props) => (
            <Button {...props} variant={trouble ? 'default' : 'filled'} disabled={reading !== undefined}>
              {trouble ? t('otherFile') : t('chooseFile')}
            </Button>
          )}
        </FileButton>
      </div>
      <Known of={of} />
    </>
  );
}

/** What the server says of a file it did not take: the place, and what would be right. */
function Reason({ error }: { error: unknown }) {
  if (!(error instanceof ApiProblem) || error.status !== 400) return <ProblemNotice error={error} />;
  return <bdi>{error.message}</bdi>;
}

const ENCODINGS = [
  ['windows-1251', 'cyrillic'],
  ['windows-1252', 'western'],
  ['windows-1255', 'hebrew'],
  ['koi8-r', 'cyrillic'],
  ['windows-1254', 'turkish'],
  ['utf-16le', 'wide'],
] as const;
const PEEK = 4_000;
const LINES = 5;

/** The file's first lines as an encoding reads them, for somebody to say which one is right. */
function Encoding({ file, onTake }: { file: File; onTake: (charset: string) => void }) {
  const t = useImportTexts();
  const [chosen, setChosen] = useState<string>('windows-1251');
  const [bytes, setBytes] = useState<ArrayBuffer>();
  useEffect(() => {
    void file.slice(0, PEEK).arrayBuffer().then(setBytes);
  }, [file]);
  const lines = bytes ? new TextDecoder(chosen).decode(bytes).split(/\r\n|\r|\n/, LINES) : [];
  return (
    <Card title={t('encodingWhich')}>
      <div className={css.encoding}>
        <Select
          label={t('encodingHint')}
          data={ENCODINGS.map(([value, family]) => ({ value, label: t(family, { name: value }) }))}
          value={chosen}
          allowDeselect={false}
          onChange={(value) => value && setChosen(value)}
        />
        <pre className={css.peek} dir="auto">
          {lines.join('\n')}
        </pre>
        <div>
          <Button variant="filled" onClick={() => onTake(chosen)}>
            {t('encodingTake')}
          </Button>
        </div>
      </div>
    </Card>
  );
}

const KNOWN = {
  contacts: ['First name', 'Last name', 'Email', 'Company', 'Phone', 'Job title', 'Country', 'Tags', 'Owner'],
  accounts: ['Company', 'Website', 'Industry', 'Country', 'Annual revenue', 'Number of employees', 'Parent account'],
  opportunities: ['Deal name', 'Account', 'Owner', 'Product', 'Stage', 'Amount', 'Create date', 'Close date'],
  products: ['Product', 'Code', 'Series', 'Price'],
  users: ['Name', 'Email', 'Team', 'Manager'],
} as const;

function Known({ of }: { of: Importable }) {
  const t = useImportTexts();
  return (
    <Card title={t('knownColumns')}>
      <p className="muted sm">{t('knownColumnsHint')}</p>
      <p className={css.known} dir="ltr" lang="en">
        {KNOWN[of.resource].map((name) => (
          <code key={name}>{name}</code>
        ))}
      </p>
    </Card>
  );
}

/** Excel's and LibreOffice's files are ZIP files; old ones begin with a mark of their own. */
async function isSpreadsheet(file: File): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return (first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf);
}
