package lorebox

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// The example of the Standard Webhooks specification.
const (
	webhookSecret    = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	webhookPayload   = `{"test": 2432232314}`
	webhookSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
)

var webhookTime = time.Unix(1614265330, 0)

func webhookHeader() http.Header {
	header := http.Header{}
	header.Set("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
	header.Set("webhook-timestamp", "1614265330")
	header.Set("webhook-signature", webhookSignature)
	return header
}

func TestTakesWhatTheServerSigned(t *testing.T) {
	for _, signature := range []string{webhookSignature, "v1a,x v1,AAAA v1,%%% " + webhookSignature} {
		for _, off := range []time.Duration{0, 299 * time.Second, -299 * time.Second} {
			header := webhookHeader()
			header.Set("webhook-signature", signature)
			if err := verifyWebhookAt([]byte(webhookPayload), header, webhookSecret, webhookTime.Add(off)); err != nil {
				t.Error(signature, off, err)
			}
		}
	}
}

func TestRefusesEverythingElse(t *testing.T) {
	for _, c := range []struct{ name, value, why string }{
		{"webhook-id", "msg_other", "signature"},
		{"webhook-signature", strings.Replace(webhookSignature, "v1", "v2", 1), "signature"},
		{"webhook-signature", "v1,", "signature"},
		{"webhook-signature", "", "missing"},
		{"webhook-timestamp", "yesterday", "number"},
		{"webhook-timestamp", "1614265029", "too far"},
		{"webhook-timestamp", "1614265631", "too far"},
		{"webhook-timestamp", "-9223372036854775808", "too far"},
	} {
		header := webhookHeader()
		header.Set(c.name, c.value)
		err := verifyWebhookAt([]byte(webhookPayload), header, webhookSecret, webhookTime)
		if !errors.Is(err, ErrWebhook) || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s %s: %v", c.name, c.value, err)
		}
	}
	if err := verifyWebhookAt([]byte(`{"test": 1}`), webhookHeader(), webhookSecret, webhookTime); !errors.Is(err, ErrWebhook) {
		t.Error(err)
	}
	for _, secret := range []string{"", "whsec_", "not base64!"} {
		if err := verifyWebhookAt([]byte(webhookPayload), webhookHeader(), secret, webhookTime); err == nil || errors.Is(err, ErrWebhook) {
			t.Errorf("%q: %v", secret, err)
		}
	}
	if err := VerifyWebhook([]byte(webhookPayload), webhookHeader(), webhookSecret); !errors.Is(err, ErrWebhook) {
		t.Error("an old one was taken")
	}
}
