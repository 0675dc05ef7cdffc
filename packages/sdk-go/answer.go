package lorebox

import (
	"context"
	"iter"
	"net/http"
)

// AnswerStream is an answer that is being generated. If you leave a loop, the answer continues on the server;
// Cancel stops it. Every loop, and each of the methods, shows the answer from its start; the model is
// asked once.
type AnswerStream struct {
	// AskStarted has the ids of the answer, thread and question.
	AskStarted
	ctx    context.Context
	caller *caller
}

func ask(ctx context.Context, c *caller, req request, opts []CallOption) (*AnswerStream, error) {
	started, err := call[AskStarted](ctx, c, req, opts)
	if err != nil {
		return nil, err
	}
	return &AnswerStream{AskStarted: *started, ctx: ctx, caller: c}, nil
}

// Events returns all events as they arrive.
func (a *AnswerStream) Events() iter.Seq2[AnswerEvent, error] {
	req := request{method: http.MethodGet, path: "/answers/%s/events", ids: []string{a.AnswerID}, resumable: true}
	return follow(a.ctx, a.caller, req, decodeAnswerEvent, "", nil)
}

// Text returns the text as it is generated.
func (a *AnswerStream) Text() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for event, err := range a.Events() {
			if err != nil {
				yield("", err)
				return
			}
			switch e := event.(type) {
			case *TextDeltaEvent:
				if !yield(e.Text, nil) {
					return
				}
			case *AnswerErrorEvent:
				yield("", e.toError())
				return
			}
		}
	}
}

// Final returns the final event, with the complete answer, citations and context report.
func (a *AnswerStream) Final() (*AnswerEndEvent, error) {
	for event, err := range a.Events() {
		if err != nil {
			return nil, err
		}
		switch e := event.(type) {
		case *AnswerEndEvent:
			return e, nil
		case *AnswerErrorEvent:
			return nil, e.toError()
		}
	}
	return nil, &Error{Code: CodeConnection, Message: "the stream ended before the answer was complete", reason: ErrAPIConnection}
}

// Cancel cancels the answer immediately.
func (a *AnswerStream) Cancel(ctx context.Context) error {
	return a.caller.do(ctx, request{method: http.MethodPost, path: "/answers/%s/cancel", ids: []string{a.AnswerID}}, nil)
}

func (e *AnswerErrorEvent) toError() *Error {
	return &Error{Code: e.Code, Message: e.Message, reason: ErrServer, retryable: e.Retryable}
}

// isLast is true for events that nothing comes after in their stream.
func isLast(event any) bool {
	switch event.(type) {
	case *AnswerEndEvent, *AnswerErrorEvent:
		return true
	}
	return false
}
