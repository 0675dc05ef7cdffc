package lorebox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func seqs(t *testing.T, events iter.Seq2[AnswerEvent, error]) []int {
	t.Helper()
	var all []int
	for event, err := range events {
		if err != nil {
			t.Fatal(err)
		}
		switch e := event.(type) {
		case *TextDeltaEvent:
			all = append(all, e.Seq)
		case *AnswerEndEvent:
			all = append(all, e.Seq)
		default:
			t.Fatalf("%T", event)
		}
	}
	return all
}

func failureOf(events iter.Seq2[AnswerEvent, error]) error {
	var last error
	for _, err := range events {
		last = err
	}
	return last
}

func TestAsksOnceAndStreams(t *testing.T) {
	d := serve(t, started, events(thenEnd, delta(1, "Hel"), delta(2, "lo"), end(3, "Hello")))
	stream, err := d.connect(t).Ask(t.Context(), "demo", ChatAskBody{Question: "Hi?", DocumentIDs: []string{"doc_1"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := seqs(t, stream.Events()); !reflect.DeepEqual(got, []int{1, 2, 3}) || stream.ThreadID != "thr_1" {
		t.Error(got, stream.ThreadID)
	}
	var text strings.Builder
	for piece, err := range stream.Text() {
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString(piece)
	}
	final, err := stream.Final()
	if err != nil || final.Answer != text.String() {
		t.Error(final, err, text.String())
	}
	all := d.requests()
	if string(all[0].body) != `{"documentIds":["doc_1"],"question":"Hi?"}` || len(all) != 4 || all[3].method != "GET" {
		t.Errorf("%+v", all)
	}
	if all[1].path != "/v1/answers/ans_1/events" || all[1].header.Get("Accept") != "text/event-stream" {
		t.Errorf("%+v", all[1])
	}
}

func TestResumesWhereTheLineBrokeAndNeverAsksAgain(t *testing.T) {
	d := serve(t,
		started,
		events(thenCut, delta(1, "a"), strings.TrimSuffix(delta(2, "b"), "id: 2\n\n")),
		hangUp,
		fail(503, "SHUTTING_DOWN"),
		events(thenEnd, delta(2, "b"), "event: ping\ndata: {}\n\n"),
		events(thenEnd, delta(3, "c"), end(4, "abc")),
	)
	stream, err := d.connect(t).Ask(t.Context(), "demo", ChatAskBody{Question: "Hi?"})
	if err != nil {
		t.Fatal(err)
	}
	if got := seqs(t, stream.Events()); !reflect.DeepEqual(got, []int{1, 2, 3, 4}) {
		t.Error(got)
	}
	var from []string
	posts := 0
	for _, request := range d.requests() {
		from = append(from, request.header.Get("Last-Event-ID"))
		if request.method == "POST" {
			posts++
		}
	}
	if !reflect.DeepEqual(from, []string{"", "", "1", "1", "1", "2"}) || posts != 1 {
		t.Errorf("%q, %d questions", from, posts)
	}
}

func TestEndsWhenNothingComesAfter(t *testing.T) {
	d := serve(t, answer(204, ""))
	if got := seqs(t, d.connect(t).Watch(t.Context(), "ans_1", "7")); len(got) != 0 {
		t.Error(got)
	}
	if id := d.requests()[0].header.Get("Last-Event-ID"); id != "7" {
		t.Error(id)
	}
}

func TestLeavingTheLoopEndsTheConnection(t *testing.T) {
	d := serve(t, events(thenSilence, delta(1, "a")))
	for range d.connect(t).Watch(t.Context(), "ans_1", "") {
		break
	}
	wait(t, d)
	func() {
		defer func() { recover() }()
		for range d.connect(t).Watch(t.Context(), "ans_1", "") {
			panic("in the loop")
		}
	}()
	wait(t, d)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if err := failureOf(d.connect(t).Watch(ctx, "ans_1", "")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	wait(t, d)
}

func wait(t *testing.T, d *double) {
	t.Helper()
	select {
	case <-d.left:
	case <-time.After(5 * time.Second):
		t.Fatal("the server still has the line")
	}
}

func TestGivesUpAtOnceOrAfterSomeRefusals(t *testing.T) {
	d := serve(t, fail(404, "NOT_FOUND"))
	if err := failureOf(d.connect(t).Watch(t.Context(), "ans_none", "")); !errors.Is(err, ErrNotFound) || len(d.requests()) != 1 {
		t.Errorf("%v after %d requests", err, len(d.requests()))
	}
	d = serve(t, fail(503, "SHUTTING_DOWN"))
	if err := failureOf(d.connect(t).Watch(t.Context(), "ans_1", "")); !errors.Is(err, ErrServer) || len(d.requests()) != 3 {
		t.Errorf("%v after %d requests", err, len(d.requests()))
	}
	d = serve(t, hangUp)
	gone := d.connect(t, func(c *caller) { c.lostAfter = 200 * time.Millisecond })
	if err := failureOf(gone.Watch(t.Context(), "ans_1", "")); !errors.Is(err, ErrAPIConnection) || len(d.requests()) < 4 {
		t.Errorf("%v after %d requests", err, len(d.requests()))
	}
}

func TestAMalformedEventIsAskedForAgainAndThenReported(t *testing.T) {
	for _, data := range []string{"{not json", `{"type":"text-delta","seq":"x"}`, `{"seq":1}`, "[1]"} {
		broken := events(thenEnd, fmt.Sprintf("event: text-delta\ndata: %s\nid: 1\n\n", data))
		d := serve(t, broken, events(thenEnd, end(1, "")))
		if got := seqs(t, d.connect(t).Watch(t.Context(), "ans_1", "")); len(got) != 1 {
			t.Error(data, got)
		}
		d = serve(t, broken)
		if err := failureOf(d.connect(t).Watch(t.Context(), "ans_1", "")); !errors.Is(err, ErrMalformedResponse) || len(d.requests()) != 3 {
			t.Errorf("%s: %v after %d requests", data, err, len(d.requests()))
		}
	}
}

func TestAnEventOfALaterVersionIsPassedOver(t *testing.T) {
	later := event(1, map[string]any{"type": "mood-changed", "seq": 1})
	d := serve(t, events(thenCut, later), events(thenEnd, end(2, "")))
	if got := seqs(t, d.connect(t).Watch(t.Context(), "ans_1", "")); !reflect.DeepEqual(got, []int{2}) {
		t.Error(got)
	}
	if id := d.requests()[1].header.Get("Last-Event-ID"); id != "1" {
		t.Error(id)
	}
}

func TestAnErrorAfterTheFirstEventIsGivenOrResumed(t *testing.T) {
	report := func(status int, code string) string {
		return fmt.Sprintf("event: error\ndata: {\"status\":%d,\"code\":%q,\"requestId\":\"req-9\"}\n\n", status, code)
	}
	d := serve(t, events(thenEnd, delta(1, "a"), report(401, "UNAUTHENTICATED")))
	err := failureOf(d.connect(t).Watch(t.Context(), "ans_1", ""))
	var failure *Error
	if !errors.Is(err, ErrAuthentication) || !errors.As(err, &failure) || failure.RequestID != "req-9" {
		t.Error(err)
	}
	d = serve(t, events(thenEnd, delta(1, "a"), report(503, "SHUTTING_DOWN")), events(thenEnd, end(2, "a")))
	if got := seqs(t, d.connect(t).Watch(t.Context(), "ans_1", "")); !reflect.DeepEqual(got, []int{1, 2}) {
		t.Error(got)
	}
}

func TestAnAnswerThatFailedIsAnEventAndAnErrorOfTextAndFinal(t *testing.T) {
	failed := event(2, map[string]any{"type": "answer-error", "code": "MODEL_FAILED", "message": "It failed.", "retryable": true})
	d := serve(t, started, events(thenEnd, failed))
	stream, err := d.connect(t).Ask(t.Context(), "demo", ChatAskBody{Question: "Hi?"})
	if err != nil {
		t.Fatal(err)
	}
	for event, err := range stream.Events() {
		if _, ok := event.(*AnswerErrorEvent); !ok || err != nil {
			t.Error(event, err)
		}
	}
	var failure *Error
	_, err = stream.Final()
	if !errors.As(err, &failure) || failure.Code != "MODEL_FAILED" || !failure.IsRetryable() || !errors.Is(err, ErrServer) {
		t.Error(err)
	}
	for _, err := range stream.Text() {
		if !errors.Is(err, ErrServer) {
			t.Error(err)
		}
	}
}

func TestCancels(t *testing.T) {
	d := serve(t, started, answer(200, map[string]any{"ok": true}))
	stream, err := d.connect(t).Ask(t.Context(), "demo", ChatAskBody{Question: "Hi?"})
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Cancel(t.Context()); err != nil || d.requests()[1].path != "/v1/answers/ans_1/cancel" {
		t.Error(err, d.requests())
	}
}

func TestAPullIsNotBegunAgain(t *testing.T) {
	progress := "data: {\"status\":\"downloading\"}\n\n"
	pull := func(d *double) (int, error) {
		all, err := Collect(d.connect(t).Models.Pull(t.Context(), ModelsPullBody{ID: "ollama:x"}), -1)
		return len(all), err
	}
	if n, err := pull(serve(t, hangUp, events(thenEnd, progress))); n != 1 || err != nil {
		t.Error(n, err)
	}
	d := serve(t, events(thenCut, progress))
	if n, err := pull(d); n != 1 || !errors.Is(err, ErrAPIConnection) || len(d.requests()) != 1 {
		t.Error(n, err, len(d.requests()))
	}
	d = serve(t, hangUp)
	if _, err := pull(d); !errors.Is(err, ErrAPIConnection) || len(d.requests()) != 3 {
		t.Error(err, len(d.requests()))
	}
}

func TestALineThatFallsSilentIsPickedUpAndASlowReaderIsNot(t *testing.T) {
	d := serve(t, events(thenSilence, delta(1, "a")), events(thenEnd, end(2, "")))
	slow := 0
	for event, err := range d.connect(t).Watch(t.Context(), "ans_1", "", WithCallTimeout(100*time.Millisecond)) {
		if err != nil || event == nil {
			t.Fatal(err)
		}
		slow++
		time.Sleep(200 * time.Millisecond)
	}
	if slow != 2 || len(d.requests()) != 2 {
		t.Errorf("%d events, %d requests", slow, len(d.requests()))
	}
	d = serve(t, func(_ *double, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, delta(1, "a"))
		w.(http.Flusher).Flush()
		time.Sleep(250 * time.Millisecond)
		io.WriteString(w, end(2, ""))
	})
	for _, err := range d.connect(t).Watch(t.Context(), "ans_1", "", WithCallTimeout(100*time.Millisecond)) {
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond)
	}
	if n := len(d.requests()); n != 1 {
		t.Errorf("%d requests for a slow reader", n)
	}
}

func TestRefusalsCountWhenNothingComesInBetween(t *testing.T) {
	refused := fail(503, "SHUTTING_DOWN")
	d := serve(t, refused, refused, events(thenCut, delta(1, "a")), refused, refused, events(thenEnd, end(2, "a")))
	if got := seqs(t, d.connect(t).Watch(t.Context(), "ans_1", "")); !reflect.DeepEqual(got, []int{1, 2}) {
		t.Error(got)
	}
}

func TestReadsEventsHoweverTheyAreCutIntoPieces(t *testing.T) {
	stream := "\ufeff: a comment\r\n\r\nevent: text-delta\r\ndata: häl\r\ndata: lo\r\nid: 1\r\n\r\n" +
		"data:no space\n\ufeffdata: not the first line\n\nevent: only-a-name\n\ndata: cr\rid: 2\r\rdata: torn"
	want := []string{"text-delta|häl\nlo|1", "message|no space|", "message|cr|2"}
	for _, wrap := range []func(io.Reader) io.Reader{
		func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader,
	} {
		reader := newEventReader(wrap(strings.NewReader(stream)))
		var got []string
		for {
			event, err := reader.next()
			if err != nil {
				if !errors.Is(err, io.EOF) {
					t.Error(err)
				}
				break
			}
			got = append(got, fmt.Sprintf("%s|%s|%s", event.kind, event.data, event.id))
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q", got)
		}
	}
}
