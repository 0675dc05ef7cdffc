import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowUp, Square } from 'lucide-react';
import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { randomId } from '../lib/random-id.ts';
import { Button } from '../ui/button.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { awaitedAnswers } from './awaited-answers.ts';
import { ComposerTools } from './composer-tools.tsx';
import { drafts } from './drafts.ts';
import { keepQuestion, type Question, sendQuestion } from './outbox.ts';
import { refreshMessages } from './refresh-messages.ts';
import { emptyScope, type Scope } from './scope.ts';
import { useAttachments } from './use-attachments.ts';

const MAX_QUESTION_LENGTH = 20_000;
const roundClass = 'ms-auto size-10 px-0!';

export interface ComposerProps {
  workspace: string;
  threadId: string | undefined;
  /** Id of the answer in progress. */
  running: string | null;
}

/** The question box. Enter sends, Shift+Enter starts a line, and what is typed survives a reload. */
export function Composer({ workspace, threadId, running }: ComposerProps) {
  const t = useT();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const draftKey = threadId ?? workspace;
  const [text, setText] = useState(() => drafts.read(draftKey));
  const [scope, setScope] = useState<Scope>(emptyScope);
  const [isSending, setSending] = useState(false);
  const attachments = useAttachments(workspace);
  const box = useRef<HTMLTextAreaElement>(null);
  const canSend = text.trim() !== '' && !isSending && running === null && !attachments.isBusy;

  useEffect(() => drafts.write(draftKey, text), [draftKey, text]);
  // `field-sizing` is not in every browser yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) box.current?.focus();
  }, []);

  async function send() {
    if (!canSend) return;
    const id = randomId();
    const documentIds = [...scope.documentIds, ...attachments.documentIds];
    const question: Question = {
      question: text.trim(),
      threadId,
      mode: scope.mode,
      model: scope.model,
      documentIds: documentIds.length > 0 ? documentIds : undefined,
      metadata: scope.metadata,
      images: attachments.images.length > 0 ? attachments.images : undefined,
    };
    setSending(true);
    try {
      const started = await sendQuestion(id, workspace, question);
      awaitedAnswers.add(started.answerId);
      clear();
      await refreshMessages(started.threadId);
      void queryClient.invalidateQueries({ queryKey: ['threads.list'] });
      if (started.threadId !== threadId) {
        await navigate({ to: '/w/$workspace/t/$thread', params: { workspace, thread: started.threadId } });
      }
    } catch (error) {
      if (error instanceof TypeError) {
        await keepQuestion(id, workspace, question);
        clear();
      } else notifyProblem(error);
    } finally {
      setSending(false);
    }
  }
  function clear() {
    setText('');
    drafts.write(draftKey, '');
    attachments.clear();
  }
  async function stop() {
    if (running === null) return;
    try {
      await api.chat.cancel.mutate({ answerId: running });
    } catch (error) {
      notifyProblem(error);
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    // Input methods confirm a word with Enter.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }
  function onPaste(event: ClipboardEvent) {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    attachments.add(files);
  }
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send();
      }}
      onDrop={(event) => {
        event.preventDefault();
        attachments.add([...event.dataTransfer.files]);
      }}
      className="mx-auto w-full max-w-3xl shrink-0 px-3 pb-3 sm:px-6"
    >
      <div className="rounded-2xl border bg-raised shadow-sm focus-within:border-accent">
        <AttachmentList attachments={attachments} />
        <textarea
          ref={box}
          dir="auto"
          rows={1}
          value={text}
          maxLength={MAX_QUESTION_LENGTH}
          aria-label={t('Your question')}
          placeholder={t('Ask your documents')}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="max-h-[40dvh] w-full resize-none overflow-y-auto bg-transparent px-4 pt-3 pb-1 outline-none"
        />
        <div className="flex items-center gap-1 px-2 pb-2">
          <ComposerTools
            workspace={workspace}
            scope={scope}
            onScope={setScope}
            onFiles={attachments.add}
            onPrompt={(prompt) => {
              setText(prompt);
              box.current?.focus();
            }}
          />
          {running === null ? (
            <Button variant="primary" type="submit" aria-label={t('Send')} disabled={!canSend} className={roundClass}>
              <ArrowUp className="size-5" aria-hidden />
            </Button>
          ) : (
            <Button variant="danger" aria-label={t('Stop')} onClick={stop} className={roundClass}>
              <Square className="size-4" aria-hidden />
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}
