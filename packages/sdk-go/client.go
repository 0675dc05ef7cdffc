package lorebox

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Version of this client.
const Version = "0.1.0"

const (
	defaultURL        = "http://127.0.0.1:3001"
	defaultTimeout    = 60 * time.Second
	defaultMaxRetries = 2
)

// Client is a client for a Lorebox server: one field per resource, plus Ask and Search. It is safe
// for concurrent use.
type Client struct {
	Services
	caller *caller
}

// Option is an option of a client.
type Option func(*caller)

// WithBaseURL sets the URL of the server. Default: LOREBOX_URL, else http://127.0.0.1:3001.
func WithBaseURL(address string) Option { return func(c *caller) { c.baseURL = address } }

// WithAPIKey sets the API key. Default: LOREBOX_API_KEY.
func WithAPIKey(key string) Option { return func(c *caller) { c.apiKey = key } }

// WithTimeout sets the timeout per attempt. Default: one minute; 0 disables it. Uploads have no timeout; streams are
// resumed after 45 seconds without data.
func WithTimeout(d time.Duration) Option { return func(c *caller) { c.timeout = d } }

// WithMaxRetries sets the maximum number of retries after a temporary failure. Default: 2.
func WithMaxRetries(n int) Option { return func(c *caller) { c.maxRetries = n } }

// WithHTTPClient sets a client with custom proxies, certificates and so on. Its Timeout should be 0, because it would end
// streams.
func WithHTTPClient(client *http.Client) Option { return func(c *caller) { c.http = client } }

// NewClient creates a client. It sends no request.
func NewClient(opts ...Option) (*Client, error) {
	c := &caller{
		baseURL:     os.Getenv("LOREBOX_URL"),
		apiKey:      os.Getenv("LOREBOX_API_KEY"),
		timeout:     defaultTimeout,
		maxRetries:  defaultMaxRetries,
		idleTimeout: 45 * time.Second,
		lostAfter:   time.Minute,
		firstDelay:  400 * time.Millisecond,
	}
	for _, opt := range opts {
		opt(c)
	}
	if c.baseURL == "" {
		c.baseURL = defaultURL
	}
	c.baseURL = strings.TrimRight(c.baseURL, "/")
	address, err := url.Parse(c.baseURL)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return nil, fmt.Errorf("lorebox: the base URL must start with http:// or https://, got %q", c.baseURL)
	}
	for _, suffix := range []string{"/openai/v1", "/v1"} {
		if base, found := strings.CutSuffix(c.baseURL, suffix); found {
			return nil, fmt.Errorf("lorebox: the base URL must not end in %s. Use %q", suffix, base)
		}
	}
	if strings.ContainsFunc(c.apiKey, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("lorebox: the API key must be visible ASCII characters without spaces")
	}
	if c.timeout < 0 || c.maxRetries < 0 {
		return nil, errors.New("lorebox: timeout and retries must be 0 or more")
	}
	if c.http == nil {
		c.http = &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	}
	if c.http.CheckRedirect == nil {
		// A redirected POST would become a GET.
		own := *c.http
		own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		c.http = &own
	}
	return &Client{newServices(c), c}, nil
}

// Ptr returns a pointer to a value, for optional request fields.
func Ptr[T any](value T) *T { return &value }
