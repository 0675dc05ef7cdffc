package lorebox

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"
)

const (
	longestDelay = 8 * time.Second
	// A server that wants a longer pause gets its error passed on.
	longestRetryAfter = 30 * time.Second
)

// caller is how every service talks to the server.
type caller struct {
	http        *http.Client
	baseURL     string
	apiKey      string
	timeout     time.Duration
	maxRetries  int
	idleTimeout time.Duration
	lostAfter   time.Duration
	firstDelay  time.Duration
}

// request is one operation with its arguments.
type request struct {
	method string
	// path has a %s for each of the ids.
	path      string
	ids       []string
	query     url.Values
	body      any
	resumable bool
}

type callOptions struct {
	timeout        time.Duration
	maxRetries     int
	idempotencyKey string
}

// CallOption is an option of a single call.
type CallOption func(*callOptions)

// WithCallTimeout sets the timeout per attempt; 0 disables it. For streams, it is the idle timeout.
func WithCallTimeout(d time.Duration) CallOption { return func(o *callOptions) { o.timeout = d } }

// WithCallMaxRetries sets the maximum number of retries.
func WithCallMaxRetries(n int) CallOption { return func(o *callOptions) { o.maxRetries = n } }

// WithIdempotencyKey sets the key instead of a random one. Repeated calls with the same key get the first
// response.
func WithIdempotencyKey(key string) CallOption {
	return func(o *callOptions) { o.idempotencyKey = key }
}

func (c *caller) options(timeout time.Duration, opts []CallOption) callOptions {
	options := callOptions{timeout: timeout, maxRetries: c.maxRetries}
	for _, opt := range opts {
		opt(&options)
	}
	return options
}

// call is a call whose answer is a T.
func call[T any](ctx context.Context, c *caller, req request, opts []CallOption) (*T, error) {
	data, err := c.send(ctx, req, opts)
	if err != nil {
		return nil, err
	}
	return decodeResponse[T](data)
}

// callField is a call whose answer has one field.
func callField[T any](ctx context.Context, c *caller, req request, name string, opts []CallOption) (T, error) {
	fields, err := call[map[string]T](ctx, c, req, opts)
	if err != nil {
		var zero T
		return zero, err
	}
	return (*fields)[name], nil
}

// do is a call whose answer says nothing.
func (c *caller) do(ctx context.Context, req request, opts []CallOption) error {
	_, err := c.send(ctx, req, opts)
	return err
}

// send tries again while that is safe and may help.
func (c *caller) send(ctx context.Context, req request, opts []CallOption) ([]byte, error) {
	options := c.options(c.timeout, opts)
	header := http.Header{"Accept": {"application/json"}}
	if req.method == http.MethodPost {
		// The same for every try: what was done, but whose answer was lost, is not done twice.
		header.Set("Idempotency-Key", options.key())
	}
	body, err := req.encode(header)
	if err != nil {
		return nil, err
	}
	for attempt := 0; ; attempt++ {
		data, failure := c.try(ctx, req, header, body, options.timeout)
		if failure == nil {
			return data, nil
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("lorebox: %s %s: %w", req.method, req.filledPath(), context.Cause(ctx))
		}
		delay, ok := c.delay(failure, attempt, options.maxRetries)
		if !ok {
			return nil, failure
		}
		if err := sleep(ctx, delay); err != nil {
			return nil, err
		}
	}
}

func (c *caller) try(ctx context.Context, req request, header http.Header, body []byte, timeout time.Duration) ([]byte, *Error) {
	if timeout > 0 {
		limited, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		ctx = limited
	}
	response, err := c.roundTrip(ctx, req, header, bytes.NewReader(body))
	if err != nil {
		return nil, c.connectionError(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, c.connectionError(err)
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return nil, errorFromResponse(response.StatusCode, response.Header, data)
	}
	return data, nil
}

func (c *caller) roundTrip(ctx context.Context, req request, header http.Header, body io.Reader) (*http.Response, error) {
	address := c.baseURL + "/v1" + req.filledPath()
	if query := req.query.Encode(); query != "" {
		address += "?" + query
	}
	httpRequest, err := http.NewRequestWithContext(ctx, req.method, address, body)
	if err != nil {
		return nil, err
	}
	httpRequest.Header = header.Clone()
	httpRequest.Header.Set("User-Agent", "lorebox-go/"+Version)
	if c.apiKey != "" {
		httpRequest.Header.Set("Authorization", "Bearer "+c.apiKey)
	}
	return c.http.Do(httpRequest)
}

// encode gives the body, and says in the header what it is.
func (r request) encode(header http.Header) ([]byte, error) {
	for _, id := range r.ids {
		// An empty one, or one of dots, would address something else.
		if strings.Trim(id, ".") == "" {
			return nil, fmt.Errorf("lorebox: expected an id or slug, got %q", id)
		}
	}
	if r.body == nil {
		return nil, nil
	}
	header.Set("Content-Type", "application/json")
	return json.Marshal(r.body)
}

func (o callOptions) key() string {
	if o.idempotencyKey != "" {
		return o.idempotencyKey
	}
	return rand.Text()
}

func (c *caller) connectionError(cause error) *Error {
	var timeout net.Error
	if errors.Is(cause, context.DeadlineExceeded) || errors.As(cause, &timeout) && timeout.Timeout() {
		message := c.baseURL + " didn't respond in time"
		return &Error{Code: CodeTimedOut, Message: message, reason: ErrAPITimeout, retryable: true, cause: cause}
	}
	var inner *url.Error
	if errors.As(cause, &inner) {
		cause = inner.Err
	}
	message := fmt.Sprintf("can't reach %s: %v", c.baseURL, cause)
	return &Error{Code: CodeConnection, Message: message, reason: ErrAPIConnection, retryable: true, cause: cause}
}

// delay before the next try; false for "not again".
func (c *caller) delay(err *Error, attempt, maxRetries int) (time.Duration, bool) {
	if !err.retryable || attempt >= maxRetries || err.RetryAfter > longestRetryAfter {
		return 0, false
	}
	if err.RetryAfter > 0 {
		return err.RetryAfter, true
	}
	return c.backoff(attempt), true
}

// backoff is twice as long each time, with a random part.
func (c *caller) backoff(attempt int) time.Duration {
	longest := min(float64(longestDelay), float64(c.firstDelay)*math.Pow(2, float64(attempt)))
	return time.Duration(longest * (0.5 + mathrand.Float64()/2))
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("lorebox: %w", context.Cause(ctx))
	}
}

func decode[T any](data []byte) (*T, error) {
	value := new(T)
	return value, json.Unmarshal(data, value)
}

func decodeResponse[T any](data []byte) (*T, error) {
	value, err := decode[T](data)
	if err != nil {
		return nil, malformed(err, data)
	}
	return value, nil
}

func (r request) filledPath() string {
	segments := make([]any, len(r.ids))
	for i, id := range r.ids {
		segments[i] = url.PathEscape(id)
	}
	return fmt.Sprintf(r.path, segments...)
}

// addTo adds a value to a query string unless it is zero: the server's default then.
func addTo(values url.Values, name string, value any) {
	v := reflect.ValueOf(value)
	switch at, isTime := value.(time.Time); {
	case !v.IsValid() || v.IsZero():
	case isTime:
		values.Set(name, at.Format(time.RFC3339Nano))
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			values.Add(name, fmt.Sprint(v.Index(i)))
		}
	default:
		values.Set(name, fmt.Sprint(value))
	}
}
