"""Variations of the formula suite that recto does not decide as the suite says, each with what is missing."""

from __future__ import annotations

from typing import Final

_REASONS: Final = {
    "doc": "fn:doc does not read documents through the filing's resolver.",
    "unit": "A unit rule that the suite accepts is told as missing.",
    "params": "A parameter without a value is told, where the suite gives it from outside or expects another code.",
    "types": "A value gets another type than the suite expects: XPTY0004 and FORG0001 where there is none, or one for the other.",
    "cfi": "A function's signature without an implementation is told, where the suite expects none or another code.",
    "sav": "A variable that is bound to the empty sequence gives no source aspect value.",
    "typed": "Typed members are compared by their text, not by s-equality of their types.",
    "ns": "The code of fn:error is told with its namespace.",
}
"""What is seen to go wrong; causes are read off the codes that come, and not each was followed to its clause."""
_SHORT: Final = {
    "10000%20Formula/12060-Formula-Processing-OCCRules/12060%20OCC%20Rules.xml V-09": "doc",
    "10000%20Formula/12060-Formula-Processing-OCCRules/12060%20OCC%20Rules.xml V-10": "doc",
    "10000%20Formula/12070-Formula-Processing-UnitRules/12070%20Unit%20Rules.xml V-06": "unit",
    "20000%20Variables/21231-VariableStaticAnalysis-parameterTypeMismatch/21231-parameterTypeMismatch_testcase.xml V-03": "params",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-09": "types",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-12": "doc",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-13": "doc",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-14": "doc",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-15": "doc",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-15a": "doc",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-15b": "doc",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-17": "types",
    "20000%20Variables/22010-Variable-Processing-XPathUsage/22010%20XPath%20Usage.xml V-19a": "types",
    "20000%20Variables/22015-Variable-Processing-CustomFunctionSignatures/22015%20Custom%20Function%20Signatures%20Processing.xml V-01": "cfi",
    "20000%20Variables/22020-Variable-Processing-Parameters/22020%20Parameters.xml V-07": "params",
    "20000%20Variables/22020-Variable-Processing-Parameters/22020%20Parameters.xml V-08": "params",
    "20000%20Variables/22030-Variable-Processing-GeneralVariables/22030%20General%20Variables.xml V-04": "doc",
    "20000%20Variables/22180-Variable-Processing-BindEmpty/22180%20Bind%20To%20Empty%20Sequence.xml V-19": "sav",
    "20000%20Variables/23020-Variable-AspectTests-TypedDimension/23020%20AspectTests%20TypedDimension.xml V-03a": "typed",
    "20000%20Variables/23020-Variable-AspectTests-TypedDimension/23020%20AspectTests%20TypedDimension.xml V-50": "typed",
    "20000%20Variables/23020-Variable-AspectTests-TypedDimension/23020%20AspectTests%20TypedDimension.xml V-51": "typed",
    "30000%20Assertions/31230-ConsistencyAssertion-Processing-Accuracy/31230%20Consistency%20Assertion%20Processing.xml V-15": "types",
    "60000%20Extensions/60200%20CustomXPathFuctions-Processing/60200%20CustomXPathFunction%20Processing.xml V-09": "ns",
    "60000%20Extensions/60200%20CustomXPathFuctions-Processing/60200%20CustomXPathFunction%20Processing.xml V-10": "ns",
    "60000%20Extensions/60200%20CustomXPathFuctions-Processing/60200%20CustomXPathFunction%20Processing.xml V-11": "ns",
    "60000%20Extensions/60200%20CustomXPathFuctions-Processing/60200%20CustomXPathFunction%20Processing.xml V-26": "cfi",
    "60000%20Extensions/61100%20ConceptRelationsFilter-Processing/61100%20ConceptRelationsFilter%20Processing.xml V-20": "types",
    "60000%20Extensions/61100%20ConceptRelationsFilter-Processing/61100%20ConceptRelationsFilter%20Processing.xml V-20a": "types",
    "60000%20Extensions/61100%20ConceptRelationsFilter-Processing/61100%20ConceptRelationsFilter%20Processing.xml V-41": "types",
}
FORMULA: Final = {("formula", label): _REASONS[short] for label, short in _SHORT.items()}
"""(suite, variation) to the reason."""
