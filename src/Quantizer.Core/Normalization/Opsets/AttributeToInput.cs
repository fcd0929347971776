using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>Upgrades of operators whose only change is that attributes became inputs, here constants.</summary>
internal static class AttributeToInput
{
    /// <summary>Squeeze, Unsqueeze and ReduceSum of set 13 take their axes as input 1. Without axes nothing changes.</summary>
    public static void Axes(Node node, UpgradeScope scope) => Move(node, "axes", 1, scope);

    /// <summary>Split of set 13 takes the sizes of its parts as input 1. Without them the parts are equal, as before.</summary>
    public static void Split(Node node, UpgradeScope scope) => Move(node, "split", 1, scope);

    /// <summary>Slice of set 10: starts, ends, axes are inputs 1 to 3.</summary>
    public static void Slice(Node node, UpgradeScope scope)
    {
        Move(node, "starts", 1, scope);
        Move(node, "ends", 2, scope);
        Move(node, "axes", 3, scope);
    }

    /// <summary>TopK of set 10: k is input 1.</summary>
    public static void TopK(Node node, UpgradeScope scope)
    {
        if (node.Attribute("k") is not { Value: AttributeValue.Int k })
            throw Refusals.Of(node, "it has no attribute 'k'");
        node.RemoveAttribute("k");
        UpgradeScope.SetInput(node, 1, scope.AddInt64s($"{node.Outputs[0]}_k", k.Value));
    }

    /// <summary>Clip of set 11: min and max are inputs 1 and 2, of the data's type; a bound not given stays open.</summary>
    public static void Clip(Node node, UpgradeScope scope)
    {
        MoveBound(node, "min", 1, scope);
        MoveBound(node, "max", 2, scope);
    }

    /// <summary>Pad of set 11: pads and the fill value are inputs 1 and 2.</summary>
    public static void Pad(Node node, UpgradeScope scope)
    {
        if (!Move(node, "pads", 1, scope))
            throw Refusals.Of(node, "it has no attribute 'pads'");
        float value = node.FloatAttribute("value", 0);
        node.RemoveAttribute("value");
        if (value != 0)
            UpgradeScope.SetInput(node, 2, scope.AddScalar($"{node.Outputs[0]}_value", value, scope.TypeOf(node.Inputs[0])));
    }

    private static bool Move(Node node, string attribute, int input, UpgradeScope scope)
    {
        if (node.IntsAttribute(attribute) is not { } values)
            return false;
        node.RemoveAttribute(attribute);
        UpgradeScope.SetInput(node, input, scope.AddInt64s($"{node.Outputs[0]}_{attribute}", values));
        return true;
    }

    private static void MoveBound(Node node, string attribute, int input, UpgradeScope scope)
    {
        if (node.Attribute(attribute) is not { Value: AttributeValue.Float bound })
            return;
        node.RemoveAttribute(attribute);
        UpgradeScope.SetInput(node, input, scope.AddScalar($"{node.Outputs[0]}_{attribute}", bound.Value, scope.TypeOf(node.Inputs[0])));
    }
}
