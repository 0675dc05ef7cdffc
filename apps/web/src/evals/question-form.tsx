import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Switch } from '../ui/switch.tsx';

export function QuestionForm({ workspace, onDone }: { workspace: string; onDone(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [question, setQuestion] = useState('');
  const [document, setDocument] = useState('');
  const [answer, setAnswer] = useState('');
  const [isAnswerable, setAnswerable] = useState(true);
  const [error, setError] = useState<unknown>(null);
  async function add(event: FormEvent) {
    event.preventDefault();
    setError(null);
    const relevant = document.trim() === '' ? [] : [{ document: document.trim() }];
    try {
      await api.evals.addQuestions.mutate({
        workspace,
        items: [{ question, relevant, answer: answer || null, answerable: isAnswerable }],
      });
      await queryClient.invalidateQueries({ queryKey: ['evals.listQuestions'] });
      onDone();
    } catch (cause) {
      setError(cause);
    }
  }
  return (
    <form onSubmit={add} className="flex flex-col gap-4 rounded-xl border p-4">
      <TextField label={t('Question')} value={question} onChange={({ target }) => setQuestion(target.value)} required />
      <Switch label={t('The documents answer it')} isOn={isAnswerable} onChange={setAnswerable} />
      {isAnswerable && (
        <>
          <TextField
            label={t('Document with the answer')}
            hint={t('Its file name or id.')}
            value={document}
            onChange={({ target }) => setDocument(target.value)}
          />
          <TextArea label={t('Expected answer')} value={answer} onChange={({ target }) => setAnswer(target.value)} />
        </>
      )}
      {error !== null && <ProblemNote error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{t('Cancel')}</Button>
        <Button variant="primary" type="submit">
          {t('Add')}
        </Button>
      </div>
    </form>
  );
}
