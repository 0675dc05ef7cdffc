package lorebox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"reflect"
	"time"
)

var errNoType = errors.New("the event has no type")

// follow gives the events of a stream. A resumable one goes on after a line that dropped; leaving the
// loop ends the connection.
func follow[T any](
	ctx context.Context, c *caller, req request, decode func([]byte) (T, error), lastEventID string, opts []CallOption,
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		s := &stream[T]{
			caller: c, req: req, decode: decode, lastEventID: lastEventID,
			options: c.options(c.idleTimeout, opts),
		}
		for {
			err := s.connect(ctx, yield)
			if err == nil {
				return
			}
			if ctx.Err() != nil {
				err = fmt.Errorf("lorebox: %w", context.Cause(ctx))
			} else if delay, again := s.resume(err); again {
				if err = sleep(ctx, delay); err == nil {
					continue
				}
			}
			var zero T
			yield(zero, err)
			return
		}
	}
}

// stream is what was seen, and whether it is worth another connection.
type stream[T any] struct {
	caller      *caller
	req         request
	decode      func([]byte) (T, error)
	options     callOptions
	lastEventID string
	started     bool
	lostAt      time.Time
	refusals    int
	failures    int
}

// connect gives nil when the stream is over, or the loop was left.
func (s *stream[T]) connect(ctx context.Context, yield func(T, error) bool) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	idle := newIdleTimer(s.options.timeout, cancel)
	defer idle.stop()

	header := http.Header{"Accept": {"text/event-stream"}}
	if s.lastEventID != "" {
		header.Set("Last-Event-ID", s.lastEventID)
	}
	body, err := s.req.encode(header)
	if err != nil {
		return err
	}
	response, err := s.caller.roundTrip(ctx, s.req, header, bytes.NewReader(body))
	if err != nil {
		return s.broken(ctx, err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNoContent {
		return nil
	}
	if response.StatusCode != http.StatusOK {
		data, _ := io.ReadAll(response.Body)
		return errorFromResponse(response.StatusCode, response.Header, data)
	}
	reader := newEventReader(idle.watch(response.Body))
	for {
		event, err := reader.next()
		if errors.Is(err, io.EOF) && !s.req.resumable {
			return nil
		}
		if err != nil {
			return s.broken(ctx, err)
		}
		item, err := s.accept(event)
		if err != nil {
			return err
		}
		if isNil(item) {
			continue
		}
		idle.pause() // a slow reader is no dead line
		if !yield(item, nil) || isLast(item) {
			return nil
		}
		idle.start()
	}
}

// accept gives the item of an event; nil for what is none.
func (s *stream[T]) accept(event serverSentEvent) (T, error) {
	var item T
	switch event.kind {
	case "error":
		var p problem
		if err := json.Unmarshal(event.data, &p); err != nil || p.Status == 0 {
			return item, malformed(err, event.data)
		}
		return item, p.toError()
	case "ping":
	default:
		decoded, err := s.decode(event.data)
		if err != nil {
			return item, malformed(err, event.data)
		}
		item = decoded
	}
	s.started = true
	s.lostAt, s.refusals, s.failures = time.Time{}, 0, 0
	if event.hasID {
		s.lastEventID = event.id
	}
	return item, nil
}

// resume gives the pause before the next connection; false when there should be none.
func (s *stream[T]) resume(cause error) (time.Duration, bool) {
	var err *Error
	if !errors.As(cause, &err) || s.started && !s.req.resumable {
		return 0, false
	}
	if s.lostAt.IsZero() {
		s.lostAt = time.Now()
	}
	if err.Status != 0 || err.Code == CodeMalformed {
		s.refusals++
	}
	mayPass := err.retryable || s.req.resumable && err.Code == CodeMalformed
	isLost := time.Since(s.lostAt) >= s.caller.lostAfter
	if !mayPass || isLost || s.refusals > s.options.maxRetries || err.RetryAfter > longestRetryAfter {
		return 0, false
	}
	if !s.req.resumable && s.failures >= s.options.maxRetries {
		return 0, false
	}
	s.failures++
	return max(err.RetryAfter, s.caller.backoff(s.failures-1)), true
}

func (s *stream[T]) broken(ctx context.Context, cause error) error {
	if errors.Is(context.Cause(ctx), errSilent) {
		cause = errSilent
	}
	return s.caller.connectionError(cause)
}

// isNil is true for an event of a later version, which no type here stands for.
func isNil(item any) bool {
	return item == nil || reflect.ValueOf(item).IsNil()
}
