package lorebox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Kinds of errors, for errors.Is.
var (
	// ErrBadRequest is 400, 413, 415 or 422: the request is invalid or can't be processed.
	ErrBadRequest = errors.New("lorebox: bad request")
	// ErrAuthentication is 401: the credentials are missing, invalid or expired.
	ErrAuthentication = errors.New("lorebox: not authenticated")
	// ErrPermissionDenied is 403: the scopes or the role don't allow this.
	ErrPermissionDenied = errors.New("lorebox: not allowed")
	// ErrNotFound is 404: not found, or the credentials don't have access to it.
	ErrNotFound = errors.New("lorebox: not found")
	// ErrConflict is 409: conflicts with an existing resource.
	ErrConflict = errors.New("lorebox: conflict")
	// ErrRateLimit is 429: too many requests. RetryAfter says how long to wait.
	ErrRateLimit = errors.New("lorebox: too many requests")
	// ErrCancelled is 499: the answer or the request was cancelled.
	ErrCancelled = errors.New("lorebox: cancelled")
	// ErrServer is 5xx: the server or one of its models failed.
	ErrServer = errors.New("lorebox: the server failed")
	// ErrAPIConnection means no response: the server is unreachable or the connection broke.
	ErrAPIConnection = errors.New("lorebox: no connection")
	// ErrAPITimeout means no response in time. It is also an ErrAPIConnection.
	ErrAPITimeout = errors.New("lorebox: timed out")
	// ErrMalformedResponse means the response is not from Lorebox, but from another program or a proxy.
	ErrMalformedResponse = errors.New("lorebox: malformed response")
)

// Codes of errors that are not the server's.
const (
	CodeConnection = "CONNECTION"
	CodeTimedOut   = "TIMED_OUT"
	CodeMalformed  = "MALFORMED"
)

// Error is an error of the server or of the connection to it.
type Error struct {
	// Code is the stable error code of the server, or CodeConnection, CodeTimedOut or CodeMalformed.
	Code string
	// Message is human-readable: what failed and what to do next.
	Message string
	// Status is 0 if there was no response.
	Status int
	// RequestID is the id to search for in the server log.
	RequestID string
	// RetryAfter is how long to wait before retrying, if the server sent a value.
	RetryAfter time.Duration
	// Fields are the invalid fields, for invalid input.
	Fields []FieldProblem

	// reason is a kind that the status doesn't say.
	reason    error
	retryable bool
	cause     error
}

// FieldProblem is an invalid field of the input.
type FieldProblem struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

func (e *Error) Error() string {
	if e.RequestID == "" {
		return fmt.Sprintf("lorebox: %s (%s)", e.Message, e.Code)
	}
	return fmt.Sprintf("lorebox: %s (%s, request %s)", e.Message, e.Code, e.RequestID)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is supports checks by kind: errors.Is(err, lorebox.ErrNotFound).
func (e *Error) Is(target error) bool {
	kind := e.kind()
	return target == kind || kind == ErrAPITimeout && target == ErrAPIConnection
}

// IsRetryable is true if the same call may succeed later. The client has already retried it.
func (e *Error) IsRetryable() bool { return e.retryable }

func (e *Error) kind() error {
	if e.reason != nil {
		return e.reason
	}
	switch e.Status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType,
		http.StatusUnprocessableEntity:
		return ErrBadRequest
	case http.StatusUnauthorized:
		return ErrAuthentication
	case http.StatusForbidden:
		return ErrPermissionDenied
	case http.StatusNotFound:
		return ErrNotFound
	case http.StatusConflict:
		return ErrConflict
	case http.StatusTooManyRequests:
		return ErrRateLimit
	case statusCancelled:
		return ErrCancelled
	}
	if e.Status >= http.StatusInternalServerError {
		return ErrServer
	}
	return nil
}

// statusCancelled is what servers record for a request that the client ended.
const statusCancelled = 499

func mayPass(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// problem is RFC 9457 as the server sends it.
type problem struct {
	Status     int            `json:"status"`
	Code       string         `json:"code"`
	Detail     string         `json:"detail"`
	RequestID  string         `json:"requestId"`
	RetryAfter *float64       `json:"retryAfter"`
	Errors     []FieldProblem `json:"errors"`
}

func (p problem) toError() *Error {
	err := &Error{
		Code: p.Code, Message: p.Detail, Status: p.Status, RequestID: p.RequestID,
		Fields: p.Errors, retryable: mayPass(p.Status),
	}
	if p.RetryAfter != nil {
		err.RetryAfter = time.Duration(*p.RetryAfter * float64(time.Second))
	}
	return err
}

func errorFromResponse(status int, header http.Header, body []byte) *Error {
	var p problem
	if json.Unmarshal(body, &p) != nil || p.Code == "" {
		line, _, _ := strings.Cut(strings.TrimSpace(string(body)), "\n")
		p = problem{
			Code:   fmt.Sprintf("HTTP_%d", status),
			Detail: fmt.Sprintf("Unexpected response with status %d; the server may not be Lorebox: %.200s", status, line),
		}
	}
	p.Status = status
	if p.RequestID == "" {
		p.RequestID = header.Get("X-Request-Id")
	}
	err := p.toError()
	if wait, ok := parseRetryAfter(header.Get("Retry-After"), time.Now()); ok {
		err.RetryAfter = wait
	}
	return err
}

// parseRetryAfter reads seconds or a date.
func parseRetryAfter(value string, now time.Time) (time.Duration, bool) {
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds >= 0 && seconds < 1e9 {
		return time.Duration(seconds * float64(time.Second)), true
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now)), true
	}
	return 0, false
}

func malformed(cause error, data []byte) *Error {
	return &Error{
		Code: CodeMalformed, reason: ErrMalformedResponse, cause: cause,
		Message: fmt.Sprintf("the server answered something else than Lorebox does: %.200s", data),
	}
}
