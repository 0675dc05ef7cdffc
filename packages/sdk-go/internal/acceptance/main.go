// Command acceptance does the steps of packages/testkit/src/acceptance with this client; see the
// README there.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"github.com/lorebox/lorebox-go"
)

type step struct {
	Name           string         `json:"name"`
	Do             string         `json:"do"`
	With           map[string]any `json:"with"`
	Client         map[string]any `json:"client"`
	IdempotencyKey string         `json:"idempotencyKey"`
	Save           string         `json:"save"`
}

var kinds = map[error]string{
	lorebox.ErrBadRequest: "bad-request", lorebox.ErrAuthentication: "authentication",
	lorebox.ErrPermissionDenied: "permission", lorebox.ErrNotFound: "not-found", lorebox.ErrConflict: "conflict",
	lorebox.ErrRateLimit: "rate-limit", lorebox.ErrServer: "server", lorebox.ErrCancelled: "cancelled", lorebox.ErrAPIConnection: "connection",
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var steps []step
	check(json.Unmarshal(text, &steps))
	var input any
	check(json.Unmarshal([]byte(os.Args[2]), &input))
	saved := map[string]any{"input": input}
	output := json.NewEncoder(os.Stdout)
	for _, s := range steps {
		outcome := map[string]any{"step": s.Name}
		result, err := run(s, saved)
		var failure *lorebox.Error
		switch {
		case errors.As(err, &failure):
			outcome["error"] = describe(failure)
		case err != nil:
			log.Fatalf("%s: %v", s.Name, err)
		default:
			outcome["result"] = result
		}
		if s.Save != "" && err == nil {
			encoded, err := json.Marshal(result)
			check(err)
			var plain any
			check(json.Unmarshal(encoded, &plain))
			saved[s.Save] = plain
		}
		check(output.Encode(outcome))
	}
}

func run(s step, saved map[string]any) (any, error) {
	do, ok := actions[s.Do]
	if !ok {
		log.Fatalf("no such action: %s", s.Do)
	}
	client, err := connect(s, saved)
	check(err)
	a := args{fill(s.With, saved).(map[string]any), nil}
	if s.IdempotencyKey != "" {
		a.opts = append(a.opts, lorebox.WithIdempotencyKey(s.IdempotencyKey))
	}
	return do(context.Background(), client, a)
}

func connect(s step, saved map[string]any) (*lorebox.Client, error) {
	given := fill(s.Client, saved).(map[string]any)
	known := saved["input"].(map[string]any)
	line := "url"
	if given["isTorn"] == true {
		line = "tornUrl"
	} else if given["isLossy"] == true {
		line = "lossyUrl"
	}
	url, key := known[line].(string), known["apiKey"].(string)
	if other, ok := given["url"].(string); ok {
		url = other
	}
	if other, ok := given["apiKey"].(string); ok {
		key = other
	}
	opts := []lorebox.Option{lorebox.WithBaseURL(url), lorebox.WithAPIKey(key)}
	if retries, ok := given["maxRetries"].(float64); ok {
		opts = append(opts, lorebox.WithMaxRetries(int(retries)))
	}
	return lorebox.NewClient(opts...)
}

// fill puts what was saved in the place of texts that begin with "$".
func fill(value any, saved map[string]any) any {
	switch v := value.(type) {
	case map[string]any:
		filled := map[string]any{}
		for name, inner := range v {
			filled[name] = fill(inner, saved)
		}
		return filled
	case []any:
		filled := make([]any, len(v))
		for i, inner := range v {
			filled[i] = fill(inner, saved)
		}
		return filled
	case string:
		if !strings.HasPrefix(v, "$") {
			return v
		}
		var found any = saved
		for part := range strings.SplitSeq(v[1:], ".") {
			if list, ok := found.([]any); ok {
				i, err := strconv.Atoi(part)
				check(err)
				found = list[i]
			} else {
				found = found.(map[string]any)[part]
			}
		}
		return found
	}
	return value
}

func describe(e *lorebox.Error) map[string]any {
	outcome := map[string]any{"kind": nil, "code": e.Code, "status": nil, "requestId": nil, "isRetryable": e.IsRetryable()}
	for kind, name := range kinds {
		if errors.Is(e, kind) {
			outcome["kind"] = name
		}
	}
	if e.Status != 0 {
		outcome["status"] = e.Status
	}
	if e.RequestID != "" {
		outcome["requestId"] = e.RequestID
	}
	return outcome
}

// args are what a step comes with.
type args struct {
	with map[string]any
	opts []lorebox.CallOption
}

func (a args) text(name string) string {
	value, _ := a.with[name].(string)
	return value
}

func (a args) number(name string) int {
	value, _ := a.with[name].(float64)
	return int(value)
}

// into gives the arguments as what is sent.
func into[T any](a args) T {
	encoded, err := json.Marshal(a.with)
	check(err)
	var value T
	check(json.Unmarshal(encoded, &value))
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(fmt.Errorf("acceptance: %w", err))
	}
}
