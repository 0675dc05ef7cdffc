package lorebox

import (
	"context"
	"errors"
	"io"
	"time"
)

var errSilent = errors.New("no data received in time")

// idleTimer ends a connection on which nothing came for a while: the server says something every 15
// seconds.
type idleTimer struct {
	limit time.Duration
	timer *time.Timer
}

func newIdleTimer(limit time.Duration, cancel context.CancelCauseFunc) *idleTimer {
	t := &idleTimer{limit: limit}
	if limit > 0 {
		t.timer = time.AfterFunc(limit, func() { cancel(errSilent) })
	}
	return t
}

func (t *idleTimer) start() {
	if t.timer != nil {
		t.timer.Reset(t.limit)
	}
}

func (t *idleTimer) pause() { t.stop() }

func (t *idleTimer) stop() {
	if t.timer != nil {
		t.timer.Stop()
	}
}

// watch gives a reader that starts the timer anew with everything that comes.
func (t *idleTimer) watch(r io.Reader) io.Reader { return &watchedReader{r, t} }

type watchedReader struct {
	io.Reader
	idle *idleTimer
}

func (w *watchedReader) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if n > 0 {
		w.idle.start()
	}
	return n, err
}
