package lorebox

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

// Range is a byte range of a file, from Start to End (exclusive). If End is 0, it ends at the last byte.
type Range struct {
	Start, End int64
}

// Download streams the uploaded file, or a Range of it. Close the result.
// It is not retried. Use the context to limit its duration.
func (s *DocumentsService) Download(ctx context.Context, documentID string, part *Range) (io.ReadCloser, error) {
	req := request{method: http.MethodGet, path: "/documents/%s/content", ids: []string{documentID}}
	header := http.Header{"Accept": {"*/*"}}
	if _, err := req.encode(header); err != nil {
		return nil, err
	}
	if part != nil {
		last := ""
		if part.End > 0 {
			last = fmt.Sprint(part.End - 1)
		}
		header.Set("Range", fmt.Sprintf("bytes=%d-%s", part.Start, last))
	}
	response, err := s.caller.roundTrip(ctx, req, header, http.NoBody)
	if err != nil {
		return nil, s.caller.connectionError(err)
	}
	if response.StatusCode == http.StatusOK || response.StatusCode == http.StatusPartialContent {
		return response.Body, nil
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, s.caller.connectionError(err)
	}
	return nil, errorFromResponse(response.StatusCode, response.Header, data)
}
