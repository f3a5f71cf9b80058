"""ClaimReview and Web Annotation as machines read them: JSON-LD → a graph, each triple held against the published ontology."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from factcheck.article import Format
from service.formats.claimreview import render_claimreview
from service.formats.web_annotation import render_annotation
from tests.unit.service.formats.samples import sample_article, sample_report

SCHEMAS = Path(__file__).parent / "schemas"
ANNO_TERMS = json.loads((SCHEMAS / "anno-terms.json").read_text(encoding="utf-8"))
OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("http://www.w3.org/ns/activitystreams#")
SCHEMA = Namespace("http://schema.org/")
CHECKED_AT = "2018-02-01T09:00:00.000Z"
# The context takes these from vocabularies whose ontologies say nothing that could be checked.
FOREIGN = {
    *(URIRef("http://purl.org/dc/elements/1.1/format"), URIRef("http://purl.org/dc/elements/1.1/language")),
    *(URIRef("http://purl.org/dc/terms/created"), URIRef("http://xmlns.com/foaf/0.1/name")),
    *(RDF.value, RDF.first, RDF.rest, RDFS.label),
}
# The ontology of Activity Streams does not know annotations, and hides in an intersection that ordered collections are some.
UNSAID = {(AS.generator, AS.Object), (AS.totalItems, AS.Collection), (AS["items"], AS.Collection)}
KINDS_OF_PROPERTY = {RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.FunctionalProperty}
VARIANTS = [{}, {"url": None, "source": None, "published_at": None}, {"format": Format.HTML}, {"language": "en-GB"}]

# The library warns of its own inner workings.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@cache
def ontology(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(SCHEMAS / name, format="nt")
    return graph


def graph_of(text: str, context: dict[str, Any]) -> Graph:
    """As a JSON-LD processor reads it that has this context."""
    return Graph().parse(data=json.dumps({**json.loads(text), "@context": context}), format="json-ld")


def annotations(**changes: object) -> Graph:
    article = sample_article(**changes)
    return graph_of(render_annotation(sample_report(article), article, CHECKED_AT), ANNO_TERMS)


def reviews(**changes: object) -> Graph:
    article = sample_article(**changes)
    return graph_of(render_claimreview(sample_report(article), article, CHECKED_AT), {"@vocab": str(SCHEMA)})


def types_of(node: Node, graph: Graph, words: Graph) -> set[Node]:
    """The node's types, and all that stand above them."""
    return {
        above for kind in graph.objects(node, RDF.type) for above in words.transitive_objects(kind, RDFS.subClassOf)
    }


def members(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from members(inner)


def test_every_name_that_we_hold_for_one_of_the_context_is_in_the_ontologies():
    words = ontology("oa.nt", "activitystreams.nt")
    names = {URIRef(term["@id"] if isinstance(term, dict) else term) for term in ANNO_TERMS.values()}
    ours = {name for name in names if str(name).startswith((str(OA), str(AS)))}
    assert {name for name in ours if (name, RDF.type, None) not in words} == set()
    assert {str(name) for name in names - ours - FOREIGN} == {"@id", "@type"}


@pytest.mark.parametrize("changes", VARIANTS)
def test_an_annotation_loses_nothing_on_its_way_into_a_graph(changes: dict[str, Any]):
    article = sample_article(**changes)
    page = json.loads(render_annotation(sample_report(article), article, CHECKED_AT))
    assert set(members(page)) - {"@context"} <= set(ANNO_TERMS)


@pytest.mark.parametrize("changes", VARIANTS)
def test_an_annotation_is_made_of_classes_and_properties_of_the_ontology(changes: dict[str, Any]):
    graph, words = annotations(**changes), ontology("oa.nt", "activitystreams.nt")
    assert len(graph) > 100
    for _, predicate, value in graph:
        if predicate == RDF.type:
            assert set(words.objects(value, RDF.type)) & {RDFS.Class, OWL.Class}, value
        elif predicate not in FOREIGN:
            assert set(words.objects(predicate, RDF.type)) & KINDS_OF_PROPERTY, predicate


@pytest.mark.parametrize("changes", VARIANTS)
def test_an_annotation_keeps_to_the_domains_and_ranges_of_the_ontology(changes: dict[str, Any]):
    graph, words = annotations(**changes), ontology("oa.nt", "activitystreams.nt")
    for subject, predicate, value in graph:
        kinds = types_of(subject, graph, words)
        for domain in words.objects(predicate, RDFS.domain):
            assert domain in kinds or not kinds or (predicate, domain) in UNSAID, (predicate, kinds)
        for wanted in words.objects(predicate, RDFS.range):
            if str(wanted).startswith(str(XSD)) and wanted != XSD.string:
                assert (value.datatype, str(value).isdecimal()) == (wanted, wanted == XSD.nonNegativeInteger)
            elif wanted == OA.Motivation:
                assert (value, RDF.type, OA.Motivation) in words
            elif str(wanted).startswith(str(OA)):
                assert wanted in types_of(value, graph, words)


def test_the_model_s_cardinalities_are_kept():
    graph = annotations()
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        assert isinstance(annotation, URIRef)
        assert list(graph.objects(annotation, OA.hasTarget))
    for selector, once in ((OA.TextQuoteSelector, [OA.exact]), (OA.TextPositionSelector, [OA.start, OA.end])):
        for node in graph.subjects(RDF.type, selector):
            assert all(len(list(graph.objects(node, name))) == 1 for name in once)
    for resource in graph.subjects(OA.hasSelector):
        assert len(list(graph.objects(resource, OA.hasSource))) == 1
    [page] = graph.subjects(RDF.type, AS.OrderedCollectionPage)
    [items] = graph.objects(page, AS.items)
    assert len(list(graph.items(items))) == len(list(graph.subjects(RDF.type, OA.Annotation)))


@pytest.mark.parametrize("changes", VARIANTS)
def test_a_review_is_made_of_types_and_properties_of_schema_org(changes: dict[str, Any]):
    graph, words = reviews(**changes), ontology("schemaorg.nt")
    assert len(list(graph.subjects(RDF.type, SCHEMA.ClaimReview))) == 5
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            assert (value, RDF.type, RDFS.Class) in words, value
            continue
        domains = set(words.objects(predicate, SCHEMA.domainIncludes))
        assert domains & types_of(subject, graph, words), predicate
        assert fits(value, set(words.objects(predicate, SCHEMA.rangeIncludes)), graph, words), (predicate, value)


def fits(value: Node, wanted: set[Node], graph: Graph, words: Graph) -> bool:
    """Whether a value is of one of the types that a property expects."""
    if not isinstance(value, Literal):
        return bool(wanted & types_of(value, graph, words))
    if value.datatype in {XSD.integer, XSD.double}:
        return bool(wanted & {SCHEMA.Number, SCHEMA.Integer})
    if SCHEMA.Date in wanted or SCHEMA.DateTime in wanted:
        return Literal(str(value)[:10], datatype=XSD.date).ill_typed is False
    if SCHEMA.URL in wanted and SCHEMA.Text not in wanted:
        return str(value).startswith(("http://", "https://", "urn:"))
    return SCHEMA.Text in wanted


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"@type": "ClaimReview", "claimReviwed": "a slip"}, "claimReviwed"),
        ({"@type": "Organization", "claimReviewed": "not of an organization"}, "claimReviewed"),
    ],
)
def test_a_slip_would_be_noticed(row: dict[str, str], fault: str):
    graph, words = graph_of(json.dumps(row), {"@vocab": str(SCHEMA)}), ontology("schemaorg.nt")
    [subject] = graph.subjects(SCHEMA[fault])
    assert not set(words.objects(SCHEMA[fault], SCHEMA.domainIncludes)) & types_of(subject, graph, words)
