package lorebox

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestSendsWhatWasGivenAndReadsDates(t *testing.T) {
	d := serve(t, answer(200, workspace))
	body := WorkspacesUpdateBody{Model: Null[string](), Temperature: Value(0.5), TopK: Ptr(3)}
	got, err := d.connect(t).Workspaces.Update(t.Context(), "a/b", body)
	if err != nil {
		t.Fatal(err)
	}
	if at := time.Date(2026, 11, 23, 10, 0, 0, 123e6, time.UTC); !got.CreatedAt.Equal(at) || got.Mode != "telepathy" {
		t.Errorf("got %+v", got)
	}
	request := d.requests()[0]
	if request.method != "PATCH" || request.path != "/v1/workspaces/a%2Fb" {
		t.Errorf("sent %s %s", request.method, request.path)
	}
	if want := `{"model":null,"temperature":0.5,"topK":3}`; string(request.body) != want {
		t.Errorf("sent %s, want %s", request.body, want)
	}
	if request.header.Get("Authorization") != "Bearer lbx_key" || request.header.Get("User-Agent") != "lorebox-go/"+Version {
		t.Errorf("sent %v", request.header)
	}
}

func TestNullableTravelsBothWays(t *testing.T) {
	var body struct{ A, B, C Nullable[int] }
	if err := json.Unmarshal([]byte(`{"A":1,"B":null}`), &body); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(body.A, Value(1)) || !reflect.DeepEqual(body.B, Null[int]()) || !body.C.IsZero() {
		t.Errorf("got %+v", body)
	}
}

func TestRefusesPathsThatLeadElsewhere(t *testing.T) {
	d := serve(t, answer(200, workspace))
	client := d.connect(t)
	for _, wrong := range []string{"", ".", ".."} {
		if err := client.Workspaces.Delete(t.Context(), wrong); err == nil || !strings.Contains(err.Error(), "id or slug") {
			t.Errorf("%q: %v", wrong, err)
		}
		if _, err := client.Documents.Upload(t.Context(), wrong, []File{{Name: "x", Content: strings.NewReader("x")}}, nil); err == nil {
			t.Errorf("%q was uploaded to", wrong)
		}
		for _, err := range client.Watch(t.Context(), wrong, "") {
			if err == nil || !strings.Contains(err.Error(), "id or slug") {
				t.Errorf("%q: %v", wrong, err)
			}
		}
	}
	if len(d.requests()) != 0 {
		t.Errorf("sent %v", d.requests())
	}
}

func TestTriesAgainWithTheSameKeyWhenAnAnswerIsLost(t *testing.T) {
	d := serve(t, hangUp, fail(503, "SHUTTING_DOWN"), answer(201, workspace))
	got, err := d.connect(t).Workspaces.Create(t.Context(), WorkspacesCreateBody{Name: "Notes"})
	if err != nil || got.Slug != "notes" {
		t.Fatal(got, err)
	}
	keys := map[string]bool{}
	for _, request := range d.requests() {
		keys[request.header.Get("Idempotency-Key")] = true
	}
	if len(d.requests()) != 3 || len(keys) != 1 || keys[""] {
		t.Errorf("%d requests with keys %v", len(d.requests()), keys)
	}
}

func TestKeysDifferBetweenCallsAndCanBeGiven(t *testing.T) {
	d := serve(t, answer(201, workspace))
	client := d.connect(t)
	body := WorkspacesCreateBody{Name: "Notes"}
	client.Workspaces.Create(t.Context(), body)
	client.Workspaces.Create(t.Context(), body)
	client.Workspaces.Create(t.Context(), body, WithIdempotencyKey("job-17"))
	client.Workspaces.Get(t.Context(), "notes")
	var keys []string
	for _, request := range d.requests() {
		keys = append(keys, request.header.Get("Idempotency-Key"))
	}
	if keys[0] == keys[1] || keys[2] != "job-17" || keys[3] != "" {
		t.Errorf("keys %v", keys)
	}
}

func TestWaitsAsLongAsTheServerSays(t *testing.T) {
	d := serve(t, failLater(429, "RATE_LIMITED", "1"), answer(200, workspace))
	began := time.Now()
	if _, err := d.connect(t).Workspaces.Get(t.Context(), "notes"); err != nil {
		t.Fatal(err)
	}
	if waited := time.Since(began); waited < time.Second || waited > 3*time.Second {
		t.Errorf("waited %v", waited)
	}
	d = serve(t, failLater(429, "RATE_LIMITED", "600"))
	_, err := d.connect(t).Workspaces.Get(t.Context(), "notes")
	var failure *Error
	if !errors.As(err, &failure) || failure.RetryAfter != 10*time.Minute || len(d.requests()) != 1 {
		t.Errorf("%v after %d requests", err, len(d.requests()))
	}
}

func TestGivesUpAfterMaxRetriesAndAtOnceWhereTryingMakesNoSense(t *testing.T) {
	d := serve(t, fail(503, "SHUTTING_DOWN"))
	client := d.connect(t, WithMaxRetries(1))
	client.Status(t.Context())
	if n := len(d.requests()); n != 2 {
		t.Errorf("%d requests", n)
	}
	client.Status(t.Context(), WithCallMaxRetries(0))
	if n := len(d.requests()); n != 3 {
		t.Errorf("%d requests", n)
	}
	d = serve(t, fail(500, "INTERNAL"))
	d.connect(t).Status(t.Context())
	if n := len(d.requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestErrorsHaveAKindACodeAndARequestID(t *testing.T) {
	cases := []struct {
		status    int
		kind      error
		retryable bool
	}{
		{400, ErrBadRequest, false}, {401, ErrAuthentication, false}, {403, ErrPermissionDenied, false},
		{404, ErrNotFound, false}, {409, ErrConflict, false}, {413, ErrBadRequest, false},
		{422, ErrBadRequest, false}, {429, ErrRateLimit, true}, {500, ErrServer, false}, {502, ErrServer, true},
	}
	for _, c := range cases {
		d := serve(t, fail(c.status, "SOME_CODE"))
		_, err := d.connect(t, WithMaxRetries(0)).Status(t.Context())
		var failure *Error
		if !errors.Is(err, c.kind) || !errors.As(err, &failure) {
			t.Fatalf("%d: %v", c.status, err)
		}
		if failure.Code != "SOME_CODE" || failure.Status != c.status || failure.RequestID != "req-1" || failure.IsRetryable() != c.retryable {
			t.Errorf("%d: %+v", c.status, failure)
		}
		if want := "lorebox: It failed. (SOME_CODE, request req-1)"; err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}
		for _, other := range cases {
			if other.kind != c.kind && errors.Is(err, other.kind) {
				t.Errorf("%d is %v", c.status, other.kind)
			}
		}
	}
}

func TestSaysWhereTheInputIsWrong(t *testing.T) {
	d := serve(t, answer(400, map[string]any{"code": "BAD_REQUEST", "errors": []any{map[string]any{"path": "name", "message": "!"}}}))
	_, err := d.connect(t).Workspaces.Create(t.Context(), WorkspacesCreateBody{})
	var failure *Error
	if !errors.As(err, &failure) || !reflect.DeepEqual(failure.Fields, []FieldProblem{{"name", "!"}}) {
		t.Errorf("%+v", failure)
	}
}

func TestTellsAnotherServerFromLorebox(t *testing.T) {
	d := serve(t, answer(200, "<html>\nHello"))
	if _, err := d.connect(t).Status(t.Context()); !errors.Is(err, ErrMalformedResponse) || !strings.Contains(err.Error(), "<html>") {
		t.Error(err)
	}
	d = serve(t, answer(502, "<h1>Bad gateway</h1>"))
	_, err := d.connect(t).Status(t.Context())
	if !errors.Is(err, ErrServer) || !strings.Contains(err.Error(), "HTTP_502") || len(d.requests()) != 3 {
		t.Errorf("%v after %d requests", err, len(d.requests()))
	}
	d = serve(t, func(_ *double, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	})
	if _, err := d.connect(t).Status(t.Context()); err == nil || len(d.requests()) != 1 {
		t.Errorf("%v after %d requests", err, len(d.requests()))
	}
}

func TestSaysWhenNobodyAnswers(t *testing.T) {
	client, err := NewClient(WithBaseURL("http://127.0.0.1:9"), WithMaxRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Status(t.Context())
	var failure *Error
	if !errors.Is(err, ErrAPIConnection) || !errors.As(err, &failure) || failure.Code != CodeConnection || !failure.IsRetryable() {
		t.Error(err)
	}
	d := serve(t, silence)
	_, err = d.connect(t, WithTimeout(50*time.Millisecond), WithMaxRetries(0)).Status(t.Context())
	if !errors.As(err, &failure) || failure.Code != CodeTimedOut {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err = d.connect(t).Status(ctx); !errors.Is(err, context.DeadlineExceeded) || errors.As(err, new(*Error)) {
		t.Error(err)
	}
	mine := errors.New("changed my mind")
	ctx, stop := context.WithCancelCause(t.Context())
	stop(mine)
	if _, err = d.connect(t).Status(ctx); !errors.Is(err, mine) {
		t.Error(err)
	}
}

func TestTakesAddressAndKeyFromTheEnvironment(t *testing.T) {
	d := serve(t, answer(200, workspace))
	t.Setenv("LOREBOX_URL", d.url+"/")
	t.Setenv("LOREBOX_API_KEY", "lbx_env")
	client, err := NewClient()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Workspaces.Get(t.Context(), "notes"); err != nil {
		t.Fatal(err)
	}
	if request := d.requests()[0]; request.header.Get("Authorization") != "Bearer lbx_env" || request.path != "/v1/workspaces/notes" {
		t.Errorf("%+v", request)
	}
}

func TestRefusesWrongSettings(t *testing.T) {
	for _, wrong := range []Option{
		WithBaseURL("localhost:3001"), WithBaseURL("ftp://x"), WithAPIKey("lbx key"), WithTimeout(-1), WithMaxRetries(-1),
	} {
		if _, err := NewClient(wrong); err == nil {
			t.Error("was taken")
		}
	}
}

func TestListsGoOnByThemselves(t *testing.T) {
	page := func(cursor any, names ...string) reply {
		items := []any{}
		for _, name := range names {
			items = append(items, map[string]any{"name": name})
		}
		return answer(200, map[string]any{"items": items, "nextCursor": cursor})
	}
	pages := []reply{page("c 2", "a", "b"), page(nil, "c")}
	d := serve(t, pages...)
	var names []string
	for workspace, err := range d.connect(t).Workspaces.List(t.Context(), &WorkspacesListParams{Limit: 2}) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, workspace.Name)
	}
	if !reflect.DeepEqual(names, []string{"a", "b", "c"}) || d.requests()[1].path != "/v1/workspaces?cursor=c+2&limit=2" {
		t.Errorf("%v from %v", names, d.requests())
	}
	d = serve(t, pages...)
	workspaces := d.connect(t).Workspaces.List(t.Context(), nil)
	if first, err := Collect(workspaces, 2); err != nil || len(first) != 2 || len(d.requests()) != 1 {
		t.Errorf("%v %v after %d requests", first, err, len(d.requests()))
	}
	d = serve(t, pages[0], fail(404, "NOT_FOUND"))
	if some, err := Collect(d.connect(t).Workspaces.List(t.Context(), nil), -1); !errors.Is(err, ErrNotFound) || len(some) != 2 {
		t.Errorf("%v %v", some, err)
	}
	d = serve(t, pages...)
	if one, err := d.connect(t).Workspaces.ListPage(t.Context(), nil); err != nil || *one.NextCursor != "c 2" {
		t.Errorf("%v %v", one, err)
	}
}

func TestASingleFieldIsTheResult(t *testing.T) {
	d := serve(t, answer(200, map[string]any{"deleted": 2}))
	body := DocumentsDeleteManyBody{DocumentIDs: []string{"doc_1", "doc_2"}}
	if n, err := d.connect(t).Documents.DeleteMany(t.Context(), "demo", body); n != 2 || err != nil {
		t.Error(n, err)
	}
}

func TestQueryValuesTravelAsTheServerReadsThem(t *testing.T) {
	values := url.Values{}
	for name, value := range map[string]any{
		"none": "", "zero": 0, "false": false, "text": "a b", "yes": true, "list": []int{1, 2}, "empty": []string{},
		"at": time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC), "never": time.Time{},
	} {
		addTo(values, name, value)
	}
	if want := "at=2026-01-02T03%3A04%3A05.006Z&list=1&list=2&text=a+b&yes=true"; values.Encode() != want {
		t.Errorf("%s, want %s", values.Encode(), want)
	}
}

func TestAUnionInsideOfSomethingElse(t *testing.T) {
	text := `{"items":[{"answerId":"a","seq":1,"text":"x","type":"text-delta"}],"nextCursor":null}`
	page, err := decode[Page[AnswerEventValue]]([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if delta, ok := page.Items[0].AnswerEvent.(*TextDeltaEvent); !ok || delta.Text != "x" {
		t.Errorf("got %+v", page)
	}
	if again, err := json.Marshal(page); err != nil || string(again) != text {
		t.Errorf("%s %v", again, err)
	}
}
