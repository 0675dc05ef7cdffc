package lorebox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// WebhookTolerance is the maximum difference between the timestamp of a webhook and the current time.
const WebhookTolerance = 5 * time.Minute

// ErrWebhook means that the webhook is forged or too old.
// Respond with 400 and ignore it.
var ErrWebhook = errors.New("lorebox: webhook rejected")

// VerifyWebhook verifies the signature and age of a webhook (Standard Webhooks). The payload is the raw
// request body, the secret is "whsec_..." from the server.
func VerifyWebhook(payload []byte, header http.Header, secret string) error {
	return verifyWebhookAt(payload, header, secret, time.Now())
}

func verifyWebhookAt(payload []byte, header http.Header, secret string, now time.Time) error {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) == 0 {
		return errors.New("lorebox: the secret must be whsec_ followed by base64")
	}
	for _, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature"} {
		if header.Get(name) == "" {
			return fmt.Errorf("%w: the header %s is missing", ErrWebhook, name)
		}
	}
	timestamp := header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return fmt.Errorf("%w: webhook-timestamp is not a number of seconds", ErrWebhook)
	}
	if age := now.Unix() - seconds; age > int64(WebhookTolerance.Seconds()) || -age > int64(WebhookTolerance.Seconds()) {
		return fmt.Errorf("%w: webhook-timestamp is too far from now", ErrWebhook)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.", header.Get("webhook-id"), timestamp)
	mac.Write(payload)
	expected := mac.Sum(nil)
	// After a change of the secret there are several signatures.
	for signature := range strings.SplitSeq(header.Get("webhook-signature"), " ") {
		encoded, isV1 := strings.CutPrefix(signature, "v1,")
		given, err := base64.StdEncoding.DecodeString(encoded)
		if isV1 && err == nil && hmac.Equal(expected, given) {
			return nil
		}
	}
	return fmt.Errorf("%w: no signature matches the body and the secret", ErrWebhook)
}
