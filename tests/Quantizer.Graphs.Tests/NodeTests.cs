namespace Quantizer.Graphs.Tests;

public sealed class NodeTests
{
    [Fact]
    public void Setting_an_attribute_replaces_the_one_of_its_name()
    {
        Node node = new("Softmax", ["x"], ["y"]);
        node.Set(NodeAttribute.Of("axis", 1));
        node.Set(NodeAttribute.Of("axis", -1));

        Assert.Equal(-1, node.IntAttribute("axis", absent: 5));
        Assert.Single(node.Attributes);
        Assert.True(node.RemoveAttribute("axis"));
        Assert.False(node.RemoveAttribute("axis"));
        Assert.Equal(5, node.IntAttribute("axis", absent: 5));
    }

    [Fact]
    public void An_attribute_of_another_kind_counts_as_absent()
    {
        Node node = new("Op", [], []) { Attributes = [NodeAttribute.Of("a", 1.5f)] };

        Assert.Equal(7, node.IntAttribute("a", absent: 7));
        Assert.Equal(1.5f, node.FloatAttribute("a", absent: 0));
        Assert.Equal("none", node.StringAttribute("a", absent: "none"));
        Assert.Null(node.IntsAttribute("a"));
    }

    [Fact]
    public void An_operator_of_another_domain_is_not_the_standard_one()
    {
        Assert.True(new Node("Gelu", [], []).Is("Gelu"));
        Assert.False(new Node("Gelu", [], [], domain: "com.microsoft").Is("Gelu"));
    }
}
