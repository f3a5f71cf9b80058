"""How the entailment model is made: pairs in, a small encoder trained on them, an ONNX file out. The service runs none of it."""
