"""Tiny random models on disk, as sentence-transformers saves them; nothing is downloaded."""

import shutil

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
JAPANESE = "検索クエリ文書章問情報銀行は個人のデータを管理する仕組みです原則基地局年月海外展開人間"


def save_bert(folder, prompts=None, dtype=None):
    """Save a random two-layer BERT over characters in `folder`, with the prompts it declares."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast, set_seed

    set_seed(0)
    raw = folder.parent / f"{folder.name}-raw"
    raw.mkdir(parents=True)
    words = [*"0123456789:？?。、", *JAPANESE, *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    (raw / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    shape = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=64,
        initializer_range=0.5,  # so that every token moves the vector well
    )
    BertModel(shape).to(dtype).save_pretrained(raw)
    BertTokenizerFast(vocab=str(raw / "vocab.txt")).save_pretrained(raw)
    modules = [Transformer(str(raw), model_kwargs={"dtype": dtype}), Pooling(16)]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder))
    shutil.rmtree(raw)
    return folder


def put_into_cache(model, cache, name):
    """Lay a saved model into a cache of huggingface_hub under its name there."""
    place = cache / f"models--{name.replace('/', '--')}"
    shutil.copytree(model, place / "snapshots" / COMMIT)
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text(COMMIT, encoding="utf-8")
    return place / "snapshots" / COMMIT
