package lorebox

import (
	"bufio"
	"bytes"
	"io"
)

// serverSentEvent is one event as it came.
type serverSentEvent struct {
	kind  string
	data  []byte
	id    string
	hasID bool
}

// A source that fills one event with more than this is none of ours.
const longestLine = 64 << 20

// eventReader reads server-sent events.
type eventReader struct {
	lines *bufio.Scanner
	begun bool
}

func newEventReader(r io.Reader) *eventReader {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 16<<10), longestLine)
	lines.Split(splitLine)
	return &eventReader{lines: lines}
}

// next gives an event once its end is there; io.EOF at the end, where a torn event is none.
func (r *eventReader) next() (serverSentEvent, error) {
	event := serverSentEvent{kind: "message"}
	var data [][]byte
	for r.lines.Scan() {
		line := r.lines.Bytes()
		if !r.begun {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
			r.begun = true
		}
		if len(line) == 0 {
			if data != nil {
				event.data = bytes.Join(data, []byte("\n"))
				return event, nil
			}
			event = serverSentEvent{kind: "message"}
			continue
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimPrefix(value, []byte(" "))
		switch string(name) {
		case "data":
			data = append(data, bytes.Clone(value))
		case "event":
			event.kind = string(value)
		case "id":
			event.id, event.hasID = string(value), true
		}
	}
	if err := r.lines.Err(); err != nil {
		return event, err
	}
	return event, io.EOF
}

// splitLine ends lines at \n, \r or \r\n; what has no end is no line.
func splitLine(data []byte, atEOF bool) (int, []byte, error) {
	end := bytes.IndexAny(data, "\r\n")
	if end < 0 {
		return 0, nil, nil
	}
	if data[end] == '\n' {
		return end + 1, data[:end], nil
	}
	if end+1 < len(data) {
		if data[end+1] == '\n' {
			return end + 2, data[:end], nil
		}
		return end + 1, data[:end], nil
	}
	if atEOF {
		return end + 1, data[:end], nil
	}
	return 0, nil, nil // the other half of a line end may follow
}
