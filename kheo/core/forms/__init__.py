"""Form base classes, the renderer and the strict fields (in `kheo.core.forms.fields`)."""

from kheo.core.forms.base import Form, KheoBoundField, KheoRenderer, ModelForm

__all__ = ["Form", "KheoBoundField", "KheoRenderer", "ModelForm"]
