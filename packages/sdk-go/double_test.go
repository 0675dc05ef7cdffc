package lorebox

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// seen is a request as it came.
type seen struct {
	method, path string
	header       http.Header
	body         []byte
}

// double is a server that answers, stalls and breaks as a test says: its replies in turn, one per
// request, the last one again and again.
type double struct {
	url  string
	left chan struct{}
	mu   sync.Mutex
	all  []seen
}

type reply func(d *double, w http.ResponseWriter, r *http.Request)

func serve(t *testing.T, replies ...reply) *double {
	t.Helper()
	d := &double{left: make(chan struct{}, 100)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		d.mu.Lock()
		n := len(d.all)
		d.all = append(d.all, seen{r.Method, r.URL.RequestURI(), r.Header, body})
		d.mu.Unlock()
		replies[min(n, len(replies)-1)](d, w, r)
	}))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	d.url = server.URL
	return d
}

func (d *double) requests() []seen {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]seen(nil), d.all...)
}

// connect gives a client with pauses too short to notice.
func (d *double) connect(t *testing.T, opts ...Option) *Client {
	t.Helper()
	client, err := NewClient(append([]Option{WithBaseURL(d.url), WithAPIKey("lbx_key"), quick}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func quick(c *caller) { c.firstDelay = time.Millisecond }

func answer(status int, body any) reply {
	return func(_ *double, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		if text, ok := body.(string); ok {
			io.WriteString(w, text)
			return
		}
		json.NewEncoder(w).Encode(body)
	}
}

func fail(status int, code string) reply { return failLater(status, code, "") }

func failLater(status int, code, retryAfter string) reply {
	return func(d *double, w http.ResponseWriter, r *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		body := map[string]any{"status": status, "code": code, "detail": "It failed.", "requestId": "req-1"}
		answer(status, body)(d, w, r)
	}
}

func hangUp(_ *double, w http.ResponseWriter, _ *http.Request) { cut(w) }

// cut is a reset, as of a machine that is gone.
func cut(w http.ResponseWriter) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		connection.(*net.TCPConn).SetLinger(0)
		connection.Close()
	}
}

func silence(d *double, _ http.ResponseWriter, r *http.Request) {
	<-r.Context().Done()
	d.left <- struct{}{}
}

const (
	thenEnd = iota
	thenCut
	thenSilence
)

// events are written one after the other; then comes the end, a cut or silence.
func events(then int, written ...string) reply {
	return func(d *double, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, event := range written {
			io.WriteString(w, event)
		}
		w.(http.Flusher).Flush()
		switch then {
		case thenCut:
			time.Sleep(50 * time.Millisecond) // what was written would be lost with the reset
			cut(w)
		case thenSilence:
			silence(d, w, r)
		}
	}
}

func event(id int, data map[string]any) string {
	encoded, _ := json.Marshal(data)
	return fmt.Sprintf("event: %v\ndata: %s\nid: %d\n\n", data["type"], encoded, id)
}

func delta(seq int, text string) string {
	return event(seq, map[string]any{"type": "text-delta", "answerId": "ans_1", "seq": seq, "text": text})
}

func end(seq int, text string) string {
	return event(seq, map[string]any{"type": "answer-end", "answerId": "ans_1", "seq": seq, "answer": text})
}

var (
	started   = answer(202, map[string]any{"answerId": "ans_1", "threadId": "thr_1", "questionId": "msg_1"})
	workspace = map[string]any{
		"id": "ws_1", "name": "Notes", "slug": "notes", "mode": "telepathy", "topK": 8,
		"createdAt": "2026-11-23T10:00:00.123Z", "newInTheNextVersion": 1,
	}
)
