package lorebox

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var accepted = answer(202, map[string]any{"documents": []any{}})

func TestUploadsPathsAndReadersAfterTheirFields(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(path, []byte("from a path"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := serve(t, accepted)
	files := []File{{Path: path, ExternalID: "e1", Title: "Title", RelativePath: "a/notes.txt"}, {Name: "renamed.txt", Path: path}, {Name: "reader.txt", Content: strings.NewReader("from a reader")}}
	params := &UploadParams{Metadata: map[string]any{"shelf": 7}}
	if _, err := d.connect(t).Documents.Upload(t.Context(), "demo", files, params); err != nil {
		t.Fatal(err)
	}
	request := d.requests()[0]
	body := string(request.body)
	for _, part := range []string{`filename="notes.txt"`, `filename="renamed.txt"`, `filename="reader.txt"`, "from a reader", `{"shelf":7}`, `[{"externalId":"e1","title":"Title","relativePath":"a/notes.txt"},{},{}]`} {
		if !strings.Contains(body, part) {
			t.Errorf("%s is missing", part)
		}
	}
	for _, field := range []string{"details", "metadata"} {
		if strings.Index(body, `name="`+field+`"`) > strings.Index(body, `name="file"`) {
			t.Errorf("%s comes after the files", field)
		}
	}
	if strings.Count(body, "from a path") != 2 || request.path != "/v1/workspaces/demo/documents" {
		t.Errorf("%s %s", request.path, body)
	}
}

func TestAnUploadIsSentOnce(t *testing.T) {
	d := serve(t, hangUp)
	_, err := d.connect(t).Documents.Upload(t.Context(), "demo", []File{{Name: "x", Content: strings.NewReader("x")}}, nil)
	if !errors.Is(err, ErrAPIConnection) || len(d.requests()) != 1 {
		t.Errorf("%v after %d requests", err, len(d.requests()))
	}
	d = serve(t, fail(413, "TOO_LARGE"))
	_, err = d.connect(t).Documents.Upload(t.Context(), "demo", []File{{Name: "x", Content: strings.NewReader("x")}}, nil)
	if !errors.Is(err, ErrBadRequest) || len(d.requests()) != 1 {
		t.Errorf("%v after %d requests", err, len(d.requests()))
	}
}

type counted struct{ left, largest int }

func (c *counted) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), c.left)
	c.left -= n
	c.largest = max(c.largest, n)
	return n, nil
}

func TestALargeFileIsStreamed(t *testing.T) {
	d := serve(t, accepted)
	file := &counted{left: 8_000_000}
	if _, err := d.connect(t).Documents.Upload(t.Context(), "demo", []File{{Name: "large.bin", Content: file}}, nil); err != nil {
		t.Fatal(err)
	}
	if n := len(d.requests()[0].body); n < 8_000_000 || file.largest > 1_000_000 {
		t.Errorf("%d bytes, %d at once", n, file.largest)
	}
}

func TestUploadRefusesWhatIsNoFile(t *testing.T) {
	documents := serve(t, accepted).connect(t).Documents
	broken := File{Name: "x", Content: io.MultiReader(strings.NewReader("x"), &failing{})}
	for want, files := range map[string][]File{
		"at least one": nil, "no such file": {{Path: "/no/such/file"}}, "needs a name": {{Content: strings.NewReader("x")}}, "disk is gone": {broken},
	} {
		if _, err := documents.Upload(t.Context(), "demo", files, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	params := &UploadParams{Metadata: map[string]any{"x": func() {}}}
	if _, err := documents.Upload(t.Context(), "demo", []File{{Name: "x", Content: strings.NewReader("x")}}, params); err == nil {
		t.Error("was taken")
	}
}

type failing struct{}

func (*failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestAnUploadCanBeGivenUp(t *testing.T) {
	d := serve(t, silence)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err := d.connect(t).Documents.Upload(ctx, "demo", []File{{Name: "x", Content: strings.NewReader("x")}}, nil)
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestWaitsUntilNothingIsProcessing(t *testing.T) {
	summary := func(processing int) reply {
		return answer(200, map[string]any{"ready": 1, "processing": processing, "failed": 0})
	}
	d := serve(t, summary(2), summary(0))
	if got, err := d.connect(t).Documents.WaitUntilIdle(t.Context(), "demo"); err != nil || got.Ready != 1 || len(d.requests()) != 2 {
		t.Error(got, err, len(d.requests()))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := serve(t, summary(2)).connect(t).Documents.WaitUntilIdle(ctx, "demo"); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestWaitsUntilDocumentsAreReadyOrHaveFailed(t *testing.T) {
	document := func(id, status string) reply {
		return answer(200, map[string]any{"id": id, "status": status})
	}
	d := serve(t, document("a", "ready"), document("b", "processing"), document("b", "failed"))
	got, err := d.connect(t).Documents.WaitUntilReady(t.Context(), "a", "b")
	if err != nil || len(got) != 2 || got[0].Status != DocumentStatusReady || got[1].Status != DocumentStatusFailed {
		t.Error(got, err)
	}
	if len(d.requests()) != 3 {
		t.Errorf("%d requests", len(d.requests()))
	}
	if _, err := serve(t, fail(404, "NOT_FOUND")).connect(t).Documents.WaitUntilReady(t.Context(), "x"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
}

func TestTheBaseURLHasNoVersion(t *testing.T) {
	_, err := NewClient(WithBaseURL("http://127.0.0.1:3001/v1/"))
	if err == nil || !strings.Contains(err.Error(), `must not end in /v1. Use "http://127.0.0.1:3001"`) {
		t.Error(err)
	}
}
